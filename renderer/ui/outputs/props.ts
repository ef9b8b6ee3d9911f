// What every view of a prediction is given.
import type { ClassRecord, SampleRow } from '../../../db/contract/records.ts'
import type { Outputs } from '../../../engine/contract/commands.ts'

export interface OutputProps {
  project: string
  /** With its true label. */
  row: SampleRow
  output: Outputs
  classes: readonly ClassRecord[]
}
