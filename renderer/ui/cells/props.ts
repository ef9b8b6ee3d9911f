// What every cell of the grid is given.
import type { SampleRow } from '../../../db/contract/records.ts'

export interface CellProps {
  project: string
  id: number
  row: SampleRow | undefined
  /** Height in CSS pixels. */
  size: number
  /** Width in CSS pixels. */
  width: number
  name?: string
  lazy?: boolean
}
