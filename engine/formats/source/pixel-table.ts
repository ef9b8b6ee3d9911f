// Tables with one image a row: square grey images, value range and label column found from the rows.
import { encodePng } from '../../data/png.ts'
import type { Found, ReadContext } from '../format.ts'
import { isNumber, type CsvRow, type CsvTable } from './csv.ts'

const LABEL_NAMES = ['label', 'labels', 'class', 'target', 'y', 'digit']
const WIDEST = 65535
const RANGES = [1, 16, 255, WIDEST]

interface Columns {
  readonly count: number
  /** Index of the label column; null where there is none. */
  readonly label: number | null
  readonly side: number
  /** Value that becomes white. */
  readonly max: number
  readonly header: boolean
}

const isSquare = (n: number): boolean => n >= 4 && Number.isInteger(Math.sqrt(n))

/** A header has mostly text, or at least one cell that says "label" (a lone `y` may be a letter's class). */
function hasHeader(rows: readonly CsvRow[]): boolean {
  const cells = rows[0]?.cells ?? []
  if (cells.some((c) => c.length > 1 && LABEL_NAMES.includes(c.toLowerCase()))) return true
  return cells.length > 1 && cells.filter((c) => c !== '' && c.toLowerCase() !== 'nan' && !isNumber(c)).length >= Math.max(2, cells.length / 2)
}

function mode(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const v of values) counts.set(v, (counts.get(v) ?? 0) + 1)
  return [...counts].reduce((best, c) => (c[1] > best[1] ? c : best), [0, 0])[0]
}

/**
 * First or last column, whichever reads as a class: text before numbers, varying before constant, whole before
 * fractional, a gapless run such as 0–9 before one with gaps, fewer different values before more; the last where all is equal.
 */
function labelByContent(rows: readonly CsvRow[], count: number): number {
  const score = (column: number): number[] => {
    const cells = rows.map((r) => r.cells[column] ?? '').filter((c) => c !== '' && c.toLowerCase() !== 'nan')
    const numbers = cells.map(Number)
    if (numbers.some(Number.isNaN)) return [1, 0, 0, 0, 0]
    const distinct = new Set(numbers)
    const whole = numbers.every(Number.isInteger)
    const gapless = whole && Math.max(...distinct) - Math.min(...distinct) + 1 === distinct.size
    return [0, distinct.size > 1 ? 1 : 0, whole ? 1 : 0, gapless ? 1 : 0, -distinct.size]
  }
  const first = score(0)
  const last = score(count - 1)
  const differ = first.findIndex((s, i) => s !== last[i])
  return differ >= 0 && (first[differ] ?? 0) > (last[differ] ?? 0) ? 0 : count - 1
}

function columnsOf(sample: readonly CsvRow[]): Columns | null {
  const header = hasHeader(sample)
  const body = sample.slice(header ? 1 : 0)
  const count = mode(body.map((r) => r.cells.length))
  const full = body.filter((r) => r.cells.length === count)
  const named = header ? (sample[0]?.cells.findIndex((c) => LABEL_NAMES.includes(c.toLowerCase())) ?? -1) : -1
  const label = named >= 0 ? named : isSquare(count - 1) ? labelByContent(full, count) : null
  const side = Math.sqrt(label === null ? count : count - 1)
  if (!Number.isInteger(side) || side < 2 || side > 4096) return null
  return { count, label, side, max: rangeOf(full, label), header }
}

/** The smallest usual range that holds 99 of 100 rows: a single wild value must not darken all the others. */
function rangeOf(rows: readonly CsvRow[], label: number | null): number {
  const tops = rows.map(({ cells }) => cells.reduce((top, cell, i) => (i === label || !isNumber(cell) ? top : Math.max(top, Number(cell))), 0)).filter((top) => top <= WIDEST)
  return RANGES.find((r) => tops.filter((top) => top <= r).length >= tops.length * 0.99) ?? WIDEST
}

/** The pixels of one row, or what is wrong with it. */
function pixelsOf(cells: readonly string[], columns: Columns): Uint8Array | string {
  const { count, label, side, max } = columns
  if (cells.length !== count) return `${cells.length} values, expected ${count}`
  const data = new Uint8Array(side * side)
  let at = 0
  for (let i = 0; i < count; i++) {
    if (i === label) continue
    const cell = cells[i] ?? ''
    if (cell === '') return `value missing in column ${i + 1}`
    const v = Number(cell)
    if (!Number.isFinite(v)) return `'${cell.slice(0, 20)}' in column ${i + 1} is not a number`
    if (v < 0 || v > max) return `value ${v} in column ${i + 1} is outside 0–${max}`
    data[at++] = Math.round((v / max) * 255)
  }
  return data
}

/** Yields one PNG a row; rows that cannot be read come as skips with their row number. */
export async function* readPixelTable(table: CsvTable, name: string, ctx: ReadContext): AsyncGenerator<Found> {
  const columns = columnsOf(table.sample)
  const row = (line: number): string => `${name} row ${line}`
  let last = 0
  if (!columns) ctx.note(`${name}: the rows are no square images of one value a pixel, at most one more column being the label`)
  else {
    const { side, max, label, count } = columns
    const where = label === null ? 'no label column' : label === 0 ? 'label in the first column' : label === count - 1 ? 'label in the last column' : `label in column ${label + 1}`
    ctx.note(`${name}: ${side} × ${side} pixels, values 0–${max}, ${where}`)
  }
  const base = name.replace(/^.*\//, '').replace(/(\.(csv|tsv))?(\.gz)?$/i, '')
  try {
    for await (const { line, cells } of table.rows()) {
      ctx.signal?.throwIfAborted()
      const isHeader = last === 0 && columns?.header === true
      last = line
      if (isHeader) continue
      const data = columns ? pixelsOf(cells, columns) : `${cells.length} values make no square image`
      if (!columns || typeof data === 'string') {
        yield { kind: 'skip', path: row(line), reason: String(data) }
        continue
      }
      const { side, label } = columns
      const bytes = encodePng({ width: side, height: side, channels: 1, data })
      yield { kind: 'item', name: `${base}/${String(line).padStart(5, '0')}.png`, file: null, read: () => Promise.resolve(bytes), className: label === null ? null : (cells[label] ?? null), split: null }
    }
  } catch (error) {
    if (ctx.signal?.aborted) throw error
    yield { kind: 'skip', path: row(last + 1), reason: 'the file is damaged from here on' }
  }
}
