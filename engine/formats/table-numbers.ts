// Tables whose target column holds numbers.
import type { DataFormat } from './format.ts'
import { isTable, openTable } from './source/open-table.ts'
import { rowItems } from './source/row-items.ts'

export const tableNumbers: DataFormat = {
  title: 'Table with numbers',
  description: 'CSV, TSV or JSON rows; the number to predict in a column named target, y …, or in the last; split if there is one.',
  inputs: ['row'],
  tasks: ['tabular-regression'],
  match: isTable,
  async *read(source, ctx) {
    yield* rowItems(await openTable(source, ctx), source.name, 'number', ctx)
  },
}
