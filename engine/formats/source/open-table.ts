// A source as a table of typed cells: CSV and TSV, JSON Lines, and JSON with one row or a list of them.
import { claimedFormat } from '../../data/sniff.ts'
import { LatheError } from '../../contract/errors.ts'
import type { ReadContext } from '../format.ts'
import { openCsv } from './csv.ts'
import type { Source } from './source.ts'
import { typedCsv, typedObjects, type TypedTable } from './typed-table.ts'

/** JSON is read at once. */
const MOST_JSON = 256 * 1024 * 1024

const looksLikeJson = (head: string): boolean => /^\uFEFF?\s*[[{]/.test(head)

/** True for text files of lines that are no list of files. */
export async function isTable(source: Source): Promise<boolean> {
  if (source.kind !== 'file' || claimedFormat(source.name) !== null) return false
  const head = new TextDecoder().decode((await source.head()).subarray(0, 4096))
  if (head.trim() === '' || head.includes('\0')) return false
  return looksLikeJson(head) || /\.(csv|tsv|txt|data)(\.gz)?$/i.test(source.name) || /[,;\t]/.test(head.slice(0, head.search(/[\r\n]|$/)))
}

/** @throws {LatheError} `data` for JSON that cannot be read as a whole. */
export async function openTable(source: Source, ctx: ReadContext): Promise<TypedTable> {
  const head = new TextDecoder().decode((await source.head()).subarray(0, 4096))
  if (!looksLikeJson(head)) return typedCsv(await openCsv(await source.stream(), ctx.signal), (message) => { ctx.note(message) })
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of await source.stream()) {
    size += part.length
    if (size > MOST_JSON) throw new LatheError('data', `${source.name}: over ${MOST_JSON / 1024 / 1024} MB of JSON; save it as CSV`)
    parts.push(part)
  }
  return typedObjects(objectsOf(new TextDecoder().decode(Buffer.concat(parts)).replace(/^\uFEFF/, '')))
}

interface Line {
  readonly line: number
  readonly value: Readonly<Record<string, unknown>>
}

/** A line that is no object has no columns, and is refused with its reason by `typedObjects`. */
function objectsOf(text: string): Line[] {
  const whole = parsed(text)
  if (whole !== undefined) return (Array.isArray(whole) ? (whole as unknown[]) : [whole]).map((value, i) => ({ line: i + 1, value: recordOf(value) }))
  return text.split(/\r?\n/).flatMap((line, i) => (line.trim() === '' ? [] : [{ line: i + 1, value: recordOf(parsed(line)) }]))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {})
