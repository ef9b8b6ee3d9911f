// Tables with a path and a label column: images beside the table, confined to its folder.
import { posix } from 'node:path'
import { claimedFormat } from '../../data/sniff.ts'
import { split as splitName } from '../../contract/recipe.ts'
import type { Found, FoundItem, ReadContext } from '../format.ts'
import type { CsvTable } from './csv.ts'
import type { Tree } from './tree.ts'

const PATH_NAMES = ['path', 'file', 'filename', 'file_name', 'filepath', 'image', 'name', 'img', 'image_path']
const LABEL_NAMES = ['label', 'labels', 'class', 'classname', 'class_name', 'target', 'category', 'y']

interface Columns {
  readonly path: number
  /** -1 where there is none. */
  readonly label: number
  readonly split: number
  readonly header: boolean
}

function columnsOf({ sample }: CsvTable): Columns {
  const first = sample[0]?.cells ?? []
  const header = !first.some((c) => claimedFormat(c) !== null)
  const body = sample.slice(header ? 1 : 0)
  const names = header ? first.map((c) => c.toLowerCase()) : []
  const share = (column: number): number => body.filter((r) => claimedFormat(r.cells[column] ?? '') !== null).length
  const widths = body.map((r) => r.cells.length)
  const width = Math.max(0, ...widths)
  const byContent = Array.from({ length: width }, (_, i) => i).reduce((best, i) => (share(i) > share(best) ? i : best), 0)
  const byName = names.findIndex((n) => PATH_NAMES.includes(n))
  const path = byName >= 0 && share(byName) > 0 ? byName : byContent
  const named = names.findIndex((n, i) => i !== path && LABEL_NAMES.includes(n))
  const split = names.indexOf('split')
  const other = Array.from({ length: width }, (_, i) => i).find((i) => i !== path && i !== split) ?? -1
  return { path, label: named >= 0 ? named : header && names.some((n) => PATH_NAMES.includes(n)) && width > 2 ? -1 : other, split, header }
}

/**
 * Yields the images that the rows name.
 * @param name how the table is called in messages.
 * @param inTree path of the table inside `tree`: paths in rows are relative to its folder.
 * @param labelOf label of a row where that is more than a column with one class.
 */
export async function* readLabelTable(table: CsvTable, name: string, tree: Tree, inTree: string, ctx: ReadContext, labelOf?: (cells: readonly string[]) => FoundItem['label']): AsyncGenerator<Found> {
  const columns = columnsOf(table)
  const folder = posix.dirname(inTree)
  let first = true
  let last = 0
  if (columns.label < 0 && !labelOf) ctx.note(`${name}: no label column found; images come without labels`)
  try {
    for await (const { line, cells } of table.rows()) {
      ctx.signal?.throwIfAborted()
      last = line
      const isHeader = first && columns.header
      first = false
      if (isHeader) continue
      const given = cells[columns.path] ?? ''
      const where = `${name} row ${line}`
      if (given === '') {
        yield { kind: 'skip', path: where, reason: 'no path' }
        continue
      }
      const raw = given.replaceAll('\\', '/')
      const path = posix.normalize(posix.join(folder, raw))
      const shown = `${where}: ${given.slice(0, 200)}`
      if (raw.startsWith('/') || /^[a-z]:/i.test(raw) || path.startsWith('../') || path === '..') {
        yield { kind: 'skip', path: shown, reason: 'path leads out of the folder of the table' }
        continue
      }
      const entry = tree.find(path)
      if (!entry) yield { kind: 'skip', path: shown, reason: 'no such file' }
      else if (entry.refused !== null) yield { kind: 'skip', path: shown, reason: entry.refused }
      else {
        const split = splitName.safeParse(cells[columns.split]?.toLowerCase())
        yield { kind: 'item', name: path, file: entry.file, read: () => entry.read(), ...(labelOf ? { className: null, label: labelOf(cells) ?? null } : { className: columns.label < 0 ? null : (cells[columns.label] ?? null) }), split: split.success ? split.data : null }
      }
    }
  } catch (error) {
    if (ctx.signal?.aborted) throw error
    yield { kind: 'skip', path: `${name} row ${last + 1}`, reason: 'the file is damaged from here on' }
  }
}
