// What every editor of a label is given and says.
import type { ClassRecord, SampleRow } from '../../../db/contract/records.ts'
import type { NumberedLabel } from '../../../engine/contract/label.ts'

export interface LabelProps {
  project: string
  row: SampleRow
  classes: readonly ClassRecord[]
}
export interface LabelEmits {
  /** With class ids; null clears. */
  set: [label: NumberedLabel | null]
}
