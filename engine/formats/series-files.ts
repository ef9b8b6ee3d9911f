// Series files: a JSON or CSV file a series, alone or in class folders.
import { extension } from '../data/sniff.ts'
import type { DataFormat, Found, FoundItem } from './format.ts'
import { openCsv, type CsvRow } from './source/csv.ts'
import { folderLayout } from './source/layout.ts'
import { seriesOfRows } from './source/series-table.ts'
import { timeColumns } from './source/time-columns.ts'
import { DecodeError } from '../data/decode-error.ts'

const EXTENSIONS: ReadonlySet<string> = new Set(['json', 'csv', 'tsv'])
const isSeries = (path: string): boolean => EXTENSIONS.has(extension(path))

export const seriesFiles: DataFormat = {
  title: 'Series files',
  description: 'One file a series: JSON {"channels":["x"],"values":[[…]],"rate":50}, or CSV with a column a channel (and a time column in seconds or dates); folders above are classes, train/, val/ and test/ give the split.',
  inputs: ['series'],
  async match(source) {
    if (source.kind === 'file') return isSeries(source.name)
    return (await source.tree()).entries.some((e) => isSeries(e.path))
  },
  async *read(source, ctx) {
    if (source.kind === 'file') {
      yield found(source.name, source.file, () => source.stream(), { className: null, split: null })
      return
    }
    const { entries } = await source.tree()
    const series = entries.filter((e) => isSeries(e.path))
    const place = folderLayout(series.map((e) => e.path))
    ctx.expect(entries.length)
    for (const entry of entries) {
      ctx.signal?.throwIfAborted()
      if (entry.refused !== null) yield { kind: 'skip', path: entry.path, reason: entry.refused }
      else if (!isSeries(entry.path)) yield { kind: 'skip', path: entry.path, reason: 'neither JSON nor CSV' }
      else yield found(entry.path, entry.file, () => entry.stream(), place(entry.path))
    }
  },
}

function found(path: string, file: string | null, stream: () => Promise<AsyncIterable<Uint8Array>>, place: Pick<FoundItem, 'className' | 'split'>): Found {
  if (extension(path) === 'json') return { kind: 'item', name: path, file, read: async () => Buffer.concat(await all(await stream())), ...place }
  // A table becomes JSON, so that the project holds one form of series.
  return { kind: 'item', name: path.replace(/\.[^.]+$/, '.json'), file: null, read: async () => tableSeries(await stream()), ...place }
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = []
  for await (const one of stream) out.push(one)
  return out
}

/** @throws {DecodeError} for a table that is no series. */
async function tableSeries(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const table = await openCsv(stream, undefined)
  const columns = timeColumns(table.sample)
  if (columns.numbers.length === 0) throw new DecodeError('has no column of numbers')
  if (columns.words.length > 0) throw new DecodeError(`has columns that are no numbers: '${columns.words.map((c) => columns.names[c] ?? '').join("', '")}'`)
  const rows: CsvRow[] = await all(table.rows())
  const bytes = seriesOfRows(columns.header ? rows.slice(1) : rows, columns, columns.numbers)
  if (typeof bytes === 'string') throw new DecodeError(bytes)
  return bytes
}
