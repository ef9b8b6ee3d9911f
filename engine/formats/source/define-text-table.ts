// Formats of tables of texts: one for texts and one for pairs, from CSV or from lines of JSON.
import { parse } from 'csv-parse/sync'
import type { DataFormat, Found, ReadContext } from '../format.ts'
import { delimiterOf, openCsv } from './csv.ts'
import { headLines, linesOf } from './lines.ts'
import { headOfFirst, textFiles, type TextFile } from './text-file.ts'
import { reasonOf } from './text-item.ts'
import { textColumns, textRows, type TextColumns, type TextRow } from './text-table.ts'

const TABLES = ['csv', 'tsv']
const LINES = ['jsonl', 'ndjson']
const OPTIONS = { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true } as const

/** Whole rows of a table's head. */
function headRows(head: Uint8Array): string[][] {
  const text = headLines(head, 200).join('\n')
  try {
    return parse(text, { ...OPTIONS, delimiter: delimiterOf(text), to: 50 })
  } catch {
    return []
  }
}

async function* readFiles(files: readonly TextFile[], ctx: ReadContext, read: (file: TextFile) => AsyncIterable<Found>): AsyncGenerator<Found> {
  for (const file of files) {
    ctx.signal?.throwIfAborted()
    if (file.refused !== null) yield { kind: 'skip', path: file.path, reason: file.refused }
    else yield* read(file)
  }
}

type Serving = Pick<DataFormat, 'title' | 'description' | 'inputs' | 'tasks'>

/** CSV or TSV with a header, or with a text and a class in each row. */
export function csvOfTexts(serving: Serving, pairs: boolean): DataFormat {
  return {
    ...serving,
    match: async (source) => textColumns(headRows(await headOfFirst(source, TABLES)), pairs) !== null,
    read: async function* (source, ctx) {
      yield* readFiles(await textFiles(source, TABLES), ctx, async function* ({ path, stream }) {
        const table = await openCsv(await stream(), ctx.signal)
        const columns = textColumns(table.sample.map((row) => row.cells), pairs)
        if (columns) yield* textRows(path, table.rows(), columns)
        else yield { kind: 'skip', path, reason: `has no column of ${pairs ? 'two texts (text_a and text_b)' : 'texts (text)'}` }
      })
    },
  }
}

/** Each line an object; the cells of the columns that are asked for. */
function objectOf(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const cellOf = (value: unknown): string => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '')

/** The names of all fields of some lines, as a header. */
function fieldsOf(lines: readonly string[], pairs: boolean): { readonly names: readonly string[]; readonly columns: TextColumns } | null {
  const objects = lines.map(objectOf)
  const names = [...new Set(objects.flatMap((o) => (o ? Object.keys(o) : [])))]
  const columns = objects.some((o) => o !== null) ? textColumns([names, ...objects.map((o) => names.map((name) => cellOf(o?.[name])))], pairs) : null
  return columns?.header === true && columns.texts.every((i) => objects.some((o) => typeof o?.[names[i] ?? ''] === 'string')) ? { names, columns } : null
}

/** JSON Lines: an object a line. */
export function jsonlOfTexts(serving: Serving, pairs: boolean): DataFormat {
  return {
    ...serving,
    match: async (source) => fieldsOf(headLines(await headOfFirst(source, LINES), 20), pairs) !== null,
    read: async function* (source, ctx) {
      yield* readFiles(await textFiles(source, LINES), ctx, async function* ({ path, stream }) {
        try {
          for await (const { number, text } of linesOf(await stream())) {
            if (text.trim() === '') continue
            const object = objectOf(text)
            const fields = fieldsOf([text], pairs)
            if (!object || !fields) {
              yield { kind: 'skip', path: `${path} line ${number}`, reason: object ? `has no field of ${pairs ? 'two texts (text_a and text_b)' : 'a text (text)'}` : 'is no JSON object' }
              continue
            }
            const { names, columns } = fields
            const row: TextRow = { line: number, cells: names.map((name) => cellOf(object[name])) }
            yield* textRows(path, one(row), { ...columns, header: false })
          }
        } catch (error) {
          yield { kind: 'skip', path, reason: reasonOf(error) }
        }
      })
    },
  }
}

async function* one(row: TextRow): AsyncGenerator<TextRow> {
  yield await Promise.resolve(row)
}
