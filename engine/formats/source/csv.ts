// CSV reading by csv-parse: delimiter found from the text, rows with their line numbers, bad rows as such.
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { parse as parseSync } from 'csv-parse/sync'
import { claimedFormat } from '../../data/sniff.ts'

export interface CsvRow {
  /** Line of the file on which the row ends, counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
}
export interface CsvTable {
  /** Rows read ahead to decide what the columns are. */
  readonly sample: readonly CsvRow[]
  /** All rows, those of `sample` first. Throws where the stream breaks. */
  rows(): AsyncGenerator<CsvRow>
}

const SAMPLE = 500
const MAX_RECORD = 64 * 1024 * 1024
const OPTIONS = { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true } as const

/** The delimiter that occurs most in the first line; comma where none does. */
export function delimiterOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/))
  const counts = [',', ';', '\t'].map((d) => ({ d, n: line.split(d).length }))
  return counts.reduce((best, c) => (c.n > best.n ? c : best)).d
}

/** Puts back what was read ahead. */
async function* replay(first: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first
  for (;;) {
    const next = await rest.next()
    if (next.done) return
    yield next.value
  }
}

export async function openCsv(stream: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Promise<CsvTable> {
  const source = stream[Symbol.asyncIterator]()
  const head = await source.next()
  const first = head.done ? [] : [head.value]
  const parser = parse({ ...OPTIONS, delimiter: delimiterOf(Buffer.concat(first).toString('utf8')), info: true, max_record_size: MAX_RECORD })
  const input = Readable.from(replay(first, source))
  input.on('error', (error) => parser.destroy(error))
  input.pipe(parser)
  const records = (parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)[Symbol.asyncIterator]()
  const next = async (): Promise<CsvRow | null> => {
    const step = await records.next()
    return step.done ? null : { line: step.value.info.lines, cells: step.value.record }
  }
  const sample: CsvRow[] = []
  let broken: unknown = null
  try {
    for (let row = await next(); row; row = await next()) if (sample.push(row) >= SAMPLE) break
  } catch (error) {
    broken = error
  }
  return {
    sample,
    rows: async function* () {
      try {
        yield* sample
        if (broken) throw broken as Error
        if (sample.length < SAMPLE) return
        for (let row = await next(); row; row = await next()) {
          signal?.throwIfAborted()
          yield row
        }
      } finally {
        input.destroy()
        parser.destroy()
      }
    },
  }
}

/** RFC 4180 quoting. Labels are written unchanged, so that they come back the same. */
export const quote = (cell: string): string => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

export const isNumber = (cell: string): boolean => cell !== '' && Number.isFinite(Number(cell))

/** What the head of a table holds: rows of pixels, or a column of image paths; null where neither. */
export function csvKind(head: Uint8Array): 'pixels' | 'labels' | null {
  const text = new TextDecoder().decode(head)
  if (text.includes('\0')) return null
  // The last line of the head may be cut.
  const whole = head.length < 256 * 1024 ? text : text.slice(0, text.lastIndexOf('\n') + 1)
  let rows: string[][]
  try {
    rows = parseSync(whole, { ...OPTIONS, delimiter: delimiterOf(text), to: 20 })
  } catch {
    return null
  }
  if (rows.length === 0) return null
  if (rows.some((cells) => cells.some((cell) => claimedFormat(cell) !== null))) return 'labels'
  const body = rows.slice(rows.length > 1 ? 1 : 0)
  const numeric = body.filter((cells) => cells.length >= 5 && cells.filter(isNumber).length >= cells.length / 2)
  return numeric.length * 2 >= body.length ? 'pixels' : null
}
