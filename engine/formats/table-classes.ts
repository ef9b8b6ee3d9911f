// Tables whose target column holds classes.
import type { DataFormat } from './format.ts'
import { isTable, openTable } from './source/open-table.ts'
import { rowItems } from './source/row-items.ts'

export const tableClasses: DataFormat = {
  title: 'Table with classes',
  description: 'CSV, TSV or JSON rows; the class in a column named target, label, class, species …, or in the last; split if there is one.',
  inputs: ['row'],
  tasks: ['tabular-classification'],
  match: isTable,
  async *read(source, ctx) {
    yield* rowItems(await openTable(source, ctx), source.name, 'class', ctx)
  },
}
