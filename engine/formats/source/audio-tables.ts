// Formats that are a table of recordings: alone, at the top of a folder, or in a zip.
import { basename, dirname } from 'node:path'
import { isZip } from '../../data/sniff.ts'
import type { DataFormat, LabelRow } from '../format.ts'
import { isAudioTable, readAudioTable, tableIn, type LabelOf } from './audio-source.ts'
import { quote } from './csv.ts'
import { diskTree } from './disk-tree.ts'
import { zipTree } from './zip-tree.ts'

interface AudioTable {
  readonly title: string
  readonly description: string
  readonly tasks: readonly string[]
  /** Names of the column that holds the label, in order of preference; the first is written. */
  readonly labels: readonly [string, ...string[]]
  readonly labelOf: LabelOf
  readonly cellOf: (row: LabelRow) => string
  readonly grouped: boolean
}

export function audioTable({ title, description, tasks, labels, labelOf, cellOf, grouped }: AudioTable): DataFormat {
  return {
    title,
    description,
    inputs: ['audio'],
    tasks,
    async match(source) {
      if (source.kind === 'folder') return (await tableIn(await source.tree(), labels)) !== null
      if (!isZip(await source.head())) return isAudioTable(source, labels)
      const tree = await zipTree(source.file)
      try {
        return (await tableIn(tree, labels)) !== null
      } finally {
        tree.close()
      }
    },
    async *read(source, ctx) {
      const common = { labels, labelOf, grouped, ctx }
      if (source.kind === 'file' && !isZip(await source.head())) {
        yield* readAudioTable({ ...common, stream: await source.stream(), name: source.name, tree: await diskTree(dirname(source.file)), inTree: basename(source.file) })
        return
      }
      const tree = source.kind === 'folder' ? await source.tree() : await zipTree(source.file)
      try {
        const entry = await tableIn(tree, labels)
        if (entry) yield* readAudioTable({ ...common, stream: await entry.stream(), name: entry.path, tree, inTree: entry.path })
        for (const { path, refused } of tree.entries) if (refused !== null && path !== entry?.path) yield { kind: 'skip', path, reason: refused }
      } finally {
        if (source.kind === 'file') tree.close()
      }
    },
    *write(rows) {
      yield `path,${labels[0]},split\n`
      for (const row of rows) yield `${quote(row.name)},${quote(cellOf(row))},${row.split ?? ''}\n`
    },
  }
}
