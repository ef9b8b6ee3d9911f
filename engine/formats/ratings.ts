// Tables of ratings: who took what, how many stars it got, and when.
import { LatheError } from '../contract/errors.ts'
import type { Cell } from '../data/table/row.ts'
import type { DataFormat } from './format.ts'
import { isTable, openTable } from './source/open-table.ts'
import { ratingColumns } from './source/rating-columns.ts'
import { splitColumn, splitOf, type TableRow } from './source/typed-table.ts'

/** Rows that decide which columns are numbers where none has a name. */
const LOOKED_AT = 100

export const ratings: DataFormat = {
  title: 'Ratings',
  description: 'CSV, TSV or JSON rows with a user and an item, and rating and time if there are such; without a header in this order.',
  inputs: ['rating'],
  tasks: ['recommendation'],
  match: isTable,
  async *read(source, ctx) {
    const table = await openTable(source, ctx)
    const { name } = source
    const first: TableRow[] = []
    const rows = table.rows()
    const held: Awaited<ReturnType<typeof rows.next>>[] = []
    while (first.length < LOOKED_AT) {
      const step = await rows.next()
      if (step.done) break
      held.push(step)
      if (!('reason' in step.value)) first.push(step.value)
    }
    const found = ratingColumns(table.columns, first.map((row) => row.cells))
    if (!found) throw new LatheError('data', `${name}: expected columns for user and item (user, user_id, customer … and item, movie, product …), found ${table.columns.slice(0, 20).join(', ')}`)
    const { user, item, rating, time } = found
    const column = (j: number): string => `'${table.columns[j] ?? ''}'`
    ctx.note(`user: ${column(user)}, item: ${column(item)}${rating >= 0 ? `, rating: ${column(rating)}` : ', no rating: only what was chosen counts'}${time >= 0 ? `, time: ${column(time)}` : ''}`)
    const split = splitColumn(table.columns)
    const of = (row: TableRow, j: number): Cell => (j < 0 ? null : (row.cells[j] ?? null))
    const all = async function* (): AsyncGenerator<TableRow | { readonly line: number; readonly reason: string }> {
      for (const step of held) if (!step.done) yield step.value
      yield* rows
    }
    for await (const row of all()) {
      const path = `${name}:${row.line}`
      if ('reason' in row) {
        yield { kind: 'skip', path, reason: row.reason }
        continue
      }
      const [who, what, stars, when] = [of(row, user), of(row, item), of(row, rating), of(row, time)]
      if (who === null || what === null) {
        yield { kind: 'skip', path, reason: `has no ${who === null ? 'user' : 'item'}` }
        continue
      }
      const content = JSON.stringify({ user: String(who), item: String(what), ...(when !== null && { time: when }) })
      yield {
        kind: 'item',
        name: path,
        file: null,
        read: () => Promise.resolve(new TextEncoder().encode(content)),
        className: null,
        // What was chosen without stars is an example all the same.
        label: typeof stars === 'number' ? { kind: 'number', value: stars } : rating < 0 ? { kind: 'none' } : null,
        meta: { user: String(who), item: String(what), ...(when !== null && { time: when }) },
        split: splitOf(row.cells[split]),
      }
    }
  },
}
