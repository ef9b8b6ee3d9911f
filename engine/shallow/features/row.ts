// Features of rows: numbers with gaps filled, dates as days and cycles, one column for each value of a category.
import { fitRows } from '../../data/table/columns.ts'
import { rowFeatures } from '../../data/table/encode.ts'
import { parseRow } from '../../data/table/row.ts'
import type { FeatureDef } from './features.ts'

export const row: FeatureDef = {
  title: 'the columns, one for each value of a category',
  fit: (samples) => {
    const rows = samples.map(parseRow)
    const input = fitRows(rows, null)
    const { names } = rowFeatures(rows.slice(0, 1), input)
    return { names, counts: false, of: (bytes) => rowFeatures([parseRow(bytes)], input).x.data, describe: () => ({ columns: input.columns, dropped: input.dropped }) }
  },
}
