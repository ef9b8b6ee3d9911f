// CSV of labels: a path and a label column; reads the images beside it, and writes the labels of a project.
import { basename, dirname } from 'node:path'
import { claimedFormat } from '../data/sniff.ts'
import type { DataFormat, LabelRow } from './format.ts'
import { csvKind, openCsv, quote } from './source/csv.ts'
import { diskTree } from './source/disk-tree.ts'
import { readLabelTable } from './source/label-table.ts'
import { tablesOf } from './source/read-tree.ts'

export const csvLabels: DataFormat = {
  title: 'CSV of labels',
  description: 'A path and a label column (and, if there is one, split); paths are relative to the CSV and stay in its folder.',
  inputs: ['image'],
  async match(source) {
    if (source.kind === 'file') return claimedFormat(source.name) === null && csvKind(await source.head()) === 'labels'
    const tree = await source.tree()
    const tables = await tablesOf({ ...tree, entries: tree.entries.filter((e) => !e.path.includes('/')) })
    return tables.length === 1 && tables[0]?.kind === 'labels'
  },
  async *read(source, ctx) {
    if (source.kind === 'file') {
      const tree = await diskTree(dirname(source.file))
      yield* readLabelTable(await openCsv(await source.stream(), ctx.signal), source.name, tree, basename(source.file), ctx)
      return
    }
    const tree = await source.tree()
    for (const { entry, kind } of await tablesOf(tree)) {
      if (kind === 'labels') yield* readLabelTable(await openCsv(await entry.stream(), ctx.signal), entry.path, tree, entry.path, ctx)
    }
  },
  *write(rows: Iterable<LabelRow>) {
    yield 'path,label,split\n'
    for (const { name, className, split } of rows) yield `${quote(name)},${quote(className ?? '')},${split ?? ''}\n`
  },
}
