// CSV with several classes an image: one column that lists them, or one column of 0 and 1 a class.
import { parse } from 'csv-parse/sync'
import { basename, dirname } from 'node:path'
import { claimedFormat } from '../data/sniff.ts'
import type { DataFormat, FoundItem, LabelRow } from './format.ts'
import { csvKind, delimiterOf, openCsv, quote } from './source/csv.ts'
import { diskTree } from './source/disk-tree.ts'
import { readLabelTable } from './source/label-table.ts'
import { tablesOf } from './source/read-tree.ts'

/** Between the classes of a cell. A class that holds it itself is quoted by doubling. */
const BETWEEN = '|'
const LISTS = ['classes', 'tags', 'labels']
const OTHERS = ['split', 'id', 'width', 'height']

type LabelOf = (cells: readonly string[]) => FoundItem['label']

/** How rows give their classes; null where this is no such table. `rows`: the header and some rows. */
function labelling(rows: readonly (readonly string[])[]): LabelOf | null {
  const [header = [], ...body] = rows
  const names = header.map((name) => name.trim())
  if (body.length === 0 || header.some((cell) => claimedFormat(cell) !== null)) return null
  const list = names.findIndex((name) => LISTS.includes(name.toLowerCase()))
  if (list >= 0 && (names[list]?.toLowerCase() !== 'labels' || body.some((cells) => cells[list]?.includes(BETWEEN)))) {
    return (cells) => ({ kind: 'classes', classes: listed(cells[list] ?? '') })
  }
  const flags = names.flatMap((name, i) => (!OTHERS.includes(name.toLowerCase()) && body.every((cells) => claimedFormat(cells[i] ?? '') === null && /^[01](\.0)?$/.test(cells[i] ?? '')) ? [i] : []))
  const rest = names.filter((name, i) => !flags.includes(i) && !OTHERS.includes(name.toLowerCase()))
  if (flags.length < 2 || rest.length !== 1) return null
  return (cells) => ({ kind: 'classes', classes: flags.flatMap((i) => (cells[i]?.startsWith('1') ? [names[i] ?? ''] : [])) })
}

/** The classes of a cell, each once; `||` stands for `|` within a name. */
function listed(cell: string): string[] {
  const parts = cell.split(/(?<!\|)\|(?!\|)/).map((part) => part.replaceAll('||', BETWEEN).trim())
  return [...new Set(parts.filter((part) => part !== ''))]
}

function headRows(head: Uint8Array): string[][] {
  const text = new TextDecoder().decode(head)
  try {
    return parse(text.slice(0, Math.max(text.lastIndexOf('\n'), 0) || text.length), { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true, delimiter: delimiterOf(text), to: 50 })
  } catch {
    return []
  }
}

export const csvClasses: DataFormat = {
  title: 'CSV of several classes',
  description: 'A path and a column `classes` that lists them with | between, or one column of 0 and 1 for each class (and, if there is one, split); paths are relative to the CSV.',
  inputs: ['image'],
  async match(source) {
    if (source.kind === 'file') return claimedFormat(source.name) === null && csvKind(await source.head()) === 'labels' && labelling(headRows(await source.head())) !== null
    const tree = await source.tree()
    const tables = await tablesOf({ ...tree, entries: tree.entries.filter((e) => !e.path.includes('/')) })
    const [only] = tables
    if (tables.length !== 1 || only?.kind !== 'labels') return false
    return labelling((await openCsv(await only.entry.stream(), undefined)).sample.map((row) => row.cells)) !== null
  },
  async *read(source, ctx) {
    const tree = source.kind === 'file' ? await diskTree(dirname(source.file)) : await source.tree()
    const tables = source.kind === 'file' ? [{ path: basename(source.file), open: async () => await openCsv(await source.stream(), ctx.signal) }] : (await tablesOf(tree)).filter(({ kind }) => kind === 'labels').map(({ entry }) => ({ path: entry.path, open: async () => await openCsv(await entry.stream(), ctx.signal) }))
    for (const { path, open } of tables) {
      const table = await open()
      yield* readLabelTable(table, path, tree, path, ctx, labelling(table.sample.map((row) => row.cells)) ?? undefined)
    }
  },
  *write(rows: Iterable<LabelRow>) {
    yield 'path,classes,split\n'
    for (const { name, label, className, split } of rows) {
      const classes = label?.kind === 'classes' ? label.classes : className === null ? [] : [className]
      yield `${quote(name)},${quote(classes.map((c) => c.replaceAll(BETWEEN, '||')).join(BETWEEN))},${split ?? ''}\n`
    }
  },
}
