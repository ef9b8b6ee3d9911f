// Rows of tables: JSON of columns without the target.
import { parseRow } from '../data/table/row.ts'
import type { InputDef } from './input.ts'

export const row: InputDef = {
  title: 'Row',
  plural: 'rows',
  probe: (bytes) => Promise.resolve().then(() => {
    const columns = Object.keys(parseRow(bytes)).length
    return { mime: 'application/json', width: 0, height: 0, channels: 1, meta: { columns } }
  }),
}
