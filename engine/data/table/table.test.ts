// Tables: typed cells, header, target; what is learned of each column, and how rows become numbers and codes.
import { expect, test } from 'vitest'
import { openCsv } from '../../formats/source/csv.ts'
import { ratingColumns } from '../../formats/source/rating-columns.ts'
import { targetColumn, typedCsv, typedObjects, type TableRow, type TypedTable } from '../../formats/source/typed-table.ts'
import { DecodeError } from '../decode-error.ts'
import { fitRows } from './columns.ts'
import { compactDays, daysOf } from './dates.ts'
import { encodeRows, rowFeatures } from './encode.ts'
import { parseRow, rowBytes, type Row } from './row.ts'

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text))
}
async function table(text: string): Promise<{ columns: readonly string[]; rows: TableRow[]; skipped: string[]; notes: string[] }> {
  const notes: string[] = []
  return { ...(await all(typedCsv(await openCsv(bytes(text), undefined), (n) => notes.push(n)))), notes }
}
async function all(typed: TypedTable): Promise<{ columns: readonly string[]; rows: TableRow[]; skipped: string[] }> {
  const rows: TableRow[] = []
  const skipped: string[] = []
  for await (const row of typed.rows()) {
    if ('reason' in row) skipped.push(`${row.line}: ${row.reason}`)
    else rows.push(row)
  }
  return { columns: typed.columns, rows, skipped }
}

test('a CSV with a header, gaps, a stray word and a short row', async () => {
  const lines = Array.from({ length: 30 }, (_, i) => `${i},red,2020-01-${String(i + 1).padStart(2, '0')},a`)
  const { columns, rows, skipped, notes } = await table(`age,colour,since,class\n${lines.join('\n')}\nNA,,?,b\nabout 40,blue,2020-02-01,b\n7,blue\n`)
  expect(columns).toEqual(['age', 'colour', 'since', 'class'])
  expect(rows[0]?.cells).toEqual([0, 'red', '2020-01-01', 'a'])
  expect(rows[30]?.cells).toEqual([null, null, null, 'b'])
  expect(rows[31]?.cells).toEqual([null, 'blue', '2020-02-01', 'b'])
  expect(skipped).toEqual(['34: 2 cells, the table has 4 columns'])
  expect(notes).toEqual(["column 'age': 1 cell is no number and counts as missing"])
})

test('no header, tabs, decimal commas, compact dates', async () => {
  expect((await table('5.1\t3.5\tsetosa\n4.9\t3\tsetosa\n')).columns).toEqual(['column 1', 'column 2', 'column 3'])
  expect((await table('price;n\n1,5;3\n2,25;4\n')).rows.map((r) => r.cells)).toEqual([[1.5, 3], [2.25, 4]])
  expect((await table('date,co2\n19580329,316.1\n')).rows[0]?.cells).toEqual(['1958-03-29', 316.1])
  expect((await table('id,n\n19580329,1\n')).rows[0]?.cells).toEqual([19580329, 1])
})

test('JSON rows: booleans are values, nested ones are refused', async () => {
  const { columns, rows, skipped } = await all(typedObjects([{ line: 1, value: { a: 1, ok: true } }, { line: 2, value: { a: [1] } }, { line: 3, value: { b: 'x' } }]))
  expect(columns).toEqual(['a', 'ok', 'b'])
  expect(rows.map((r) => r.cells)).toEqual([[1, 'true', null], [null, null, 'x']])
  expect(skipped).toEqual(["2: column 'a' holds a list: a table has plain cells"])
})

test('the target: asked for, by name, the last', () => {
  expect(targetColumn(['a', 'B', 'c'], 'b')).toBe(1)
  expect(targetColumn(['species', 'a', 'c'], null)).toBe(0)
  expect(targetColumn(['a', 'b', 'c'], null)).toBe(2)
  expect(() => targetColumn(['a', 'b'], 'z')).toThrow("there is no column 'z'; there are: a, b")
})

test('ratings by name or in the order of MovieLens', () => {
  expect(ratingColumns(['rating', 'movie_id', 'user_id'], [])).toEqual({ user: 2, item: 1, rating: 0, time: -1 })
  expect(ratingColumns(['column 1', 'column 2', 'column 3', 'column 4'], [[196, 242, 3, 881250949]])).toEqual({ user: 0, item: 1, rating: 2, time: 3 })
  expect(ratingColumns(['age', 'price', 'class'], [[1, 2, 'a']])).toBeNull()
})

test('dates', () => {
  expect(daysOf('1970-01-02')).toBe(1)
  expect(daysOf('1970-01-01T12:00:00Z')).toBe(0.5)
  expect(daysOf('02.01.1970')).toBe(1)
  expect(daysOf('1/2/1970')).toBe(1)
  expect(daysOf('2021-02-30')).toBeNull()
  expect(daysOf('12')).toBeNull()
  expect(compactDays('19701301')).toBeNull()
})

const rows: Row[] = Array.from({ length: 40 }, (_, i) => ({
  size: i % 7 === 0 ? null : i,
  shape: i % 3 === 0 ? 'round' : i % 3 === 1 ? 'square' : null,
  when: new Date(Date.UTC(2020, i, 1)).toISOString().slice(0, 10),
  unit: 'cm',
  name: `item ${i}`,
  nothing: null,
}))

test('what is learned of columns, and why some are left out', () => {
  const input = fitRows(rows, null)
  expect(input.columns.map(({ name, type }) => [name, type])).toEqual([['size', 'number'], ['shape', 'category'], ['when', 'date']])
  expect(input.columns[0]).toMatchObject({ missing: true })
  expect(input.columns[1]).toMatchObject({ values: ['round', 'square', '(missing)'] })
  expect(input.columns[2]).toMatchObject({ cycles: ['year', 'week'] })
  expect(input.dropped).toEqual([
    { name: 'unit', why: "is always 'cm': a constant says nothing" },
    { name: 'name', why: 'has another value in almost every row, as names and numbers of things do' },
    { name: 'nothing', why: 'is empty in all training rows' },
  ])
  expect(() => fitRows([{ a: 1 }, { a: 1 }], null)).toThrow(/none of the 1 columns can be learned from: a: is always 1/)
})

test('unseen categories are unknown, missing numbers stay so until the graph fills them', () => {
  const input = fitRows(rows, null)
  const { numbers, codes } = encodeRows([{ size: 5, shape: 'square', when: '1970-01-11' }, { size: null, shape: 'oval', when: 'soon' }, { shape: null }], input)
  expect([...numbers]).toEqual([5, 10, NaN, NaN, NaN, NaN])
  expect([...codes]).toEqual([2n, 0n, 3n])
  const { x, names } = rowFeatures([{ size: null, shape: 'oval', when: '1970-01-01' }], input)
  expect(names).toEqual(['size', 'size missing', 'shape = round', 'shape = square', 'shape = (missing)', 'when', 'when: sine of the year', 'when: cosine of the year', 'when: sine of the week', 'when: cosine of the week'])
  expect(x.data[0]).toBeCloseTo(input.columns[0]?.type === 'number' ? input.columns[0].fill : NaN, 5)
  expect([...x.data.slice(1, 6)]).toEqual([1, 0, 0, 0, 0])
})

test('rows as bytes: repeats differ, and read the same', () => {
  expect(parseRow(rowBytes({ a: 1 }))).toEqual({ a: 1 })
  expect(rowBytes({ a: 1 }, 1)).not.toEqual(rowBytes({ a: 1 }))
  expect(parseRow(rowBytes({ a: 1 }, 1))).toEqual({ a: 1 })
  for (const bad of ['', '[1]', '3', '{}', '{"a":{}}']) expect(() => parseRow(Buffer.from(bad)), bad).toThrow(DecodeError)
})
