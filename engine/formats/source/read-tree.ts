// Reads a tree as images in class folders, or as the table in it that names them.
import { claimedFormat, extension } from '../../data/sniff.ts'
import type { Found, ReadContext } from '../format.ts'
import { csvKind, openCsv } from './csv.ts'
import { folderLayout } from './layout.ts'
import { readLabelTable } from './label-table.ts'
import { readPixelTable } from './pixel-table.ts'
import { headOf } from './source.ts'
import type { Tree, TreeEntry } from './tree.ts'

export const isTable = (path: string): boolean => extension(path) === 'csv' || extension(path) === 'tsv'

/** Images by folder. */
export function* readFolders(tree: Tree, ctx: ReadContext): Generator<Found> {
  const place = folderLayout(tree.entries.map((e) => e.path))
  ctx.expect(tree.entries.length)
  for (const entry of tree.entries) {
    ctx.signal?.throwIfAborted()
    if (entry.refused !== null) yield { kind: 'skip', path: entry.path, reason: entry.refused }
    else yield { kind: 'item', name: entry.path, file: entry.file, read: () => entry.read(), ...place(entry.path) }
  }
}

/** The tables of a tree that can be read, with what they hold. */
export async function tablesOf(tree: Tree): Promise<{ entry: TreeEntry; kind: 'pixels' | 'labels' }[]> {
  const found: { entry: TreeEntry; kind: 'pixels' | 'labels' }[] = []
  for (const entry of tree.entries) {
    if (entry.refused !== null || !isTable(entry.path)) continue
    const kind = await entry.stream().then(headOf).then(csvKind).catch(() => null)
    if (kind) found.push({ entry, kind })
  }
  return found
}

/** Everything of an archive: what its label tables name; without such, the images by folder; without images, tables of pixels. */
export async function* readArchive(tree: Tree, ctx: ReadContext): AsyncGenerator<Found> {
  const all = await tablesOf(tree)
  const labels = all.filter((t) => t.kind === 'labels')
  const hasImages = tree.entries.some((e) => claimedFormat(e.path) !== null)
  const tables = labels.length > 0 || hasImages ? labels : all
  if (tables.length === 0) {
    yield* readFolders(tree, ctx)
    return
  }
  for (const { entry, kind } of tables) {
    const table = await openCsv(await entry.stream(), ctx.signal)
    if (kind === 'pixels') yield* readPixelTable(table, entry.path, ctx)
    else yield* readLabelTable(table, entry.path, tree, entry.path, ctx)
  }
  for (const entry of tree.entries) if (entry.refused !== null) yield { kind: 'skip', path: entry.path, reason: entry.refused }
}
