// Rows of a table as found items: JSON of all columns but the target, with what the target says as the label.
import type { Cell, Row } from '../../data/table/row.ts'
import { rowBytes } from '../../data/table/row.ts'
import type { Found, ReadContext } from '../format.ts'
import { splitColumn, splitOf, targetColumn, type TypedTable } from './typed-table.ts'

/** While predicting nothing is a target: columns that the model does not know are passed over by it. */
export async function* rowItems(table: TypedTable, name: string, label: 'class' | 'number', ctx: ReadContext): AsyncGenerator<Found> {
  const { columns } = table
  const target = ctx.predicting ? -1 : targetColumn(columns, ctx.target ?? null)
  const split = ctx.predicting ? -1 : splitColumn(columns)
  if (target >= 0) ctx.note(`target: column '${columns[target] ?? ''}'${ctx.target === undefined || ctx.target === null ? '; for another one import with --target NAME' : ''}`)
  const times = new Map<string, number>()
  let repeats = 0
  let unlabelled = 0
  for await (const row of table.rows()) {
    if ('reason' in row) {
      yield { kind: 'skip', path: `${name}:${row.line}`, reason: row.reason }
      continue
    }
    const cells: Row = Object.fromEntries(columns.flatMap((column, j) => (j === target || j === split ? [] : [[column, row.cells[j] ?? null] as const])))
    if (Object.values(cells).every((cell) => cell === null)) {
      yield { kind: 'skip', path: `${name}:${row.line}`, reason: 'all cells are empty' }
      continue
    }
    const said = row.cells[target] ?? null
    if (target >= 0 && (said === null || (label === 'number' && typeof said !== 'number'))) unlabelled++
    const key = JSON.stringify(cells)
    const repeat = times.get(key) ?? 0
    times.set(key, repeat + 1)
    if (repeat > 0) repeats++
    yield { kind: 'item', name: `${name}:${row.line}`, file: null, read: () => Promise.resolve(rowBytes(cells, repeat)), ...labelOf(said, label), split: splitOf(row.cells[split]) }
  }
  if (repeats > 0) ctx.note(`${repeats} rows are equal to an earlier one in all columns but the target; all are kept, since each may be a case of its own`)
  if (unlabelled > 0) ctx.note(`${unlabelled} rows have no ${label === 'number' ? 'number' : 'value'} in column '${columns[target] ?? ''}': they are stored without a label`)
}

function labelOf(said: Cell, label: 'class' | 'number'): { readonly className: string | null; readonly label?: { readonly kind: 'number'; readonly value: number } } {
  if (label === 'class') return { className: said === null ? null : String(said) }
  return typeof said === 'number' ? { className: null, label: { kind: 'number', value: said } } : { className: null }
}
