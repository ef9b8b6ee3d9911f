// YOLO txt: a text file of boxes for each image, in shares of its size; names in data.yaml or classes.txt.
import { posix } from 'node:path'
import { LatheError } from '../contract/errors.ts'
import type { NamedLabel } from '../contract/label.ts'
import { sizeOf } from '../data/decode.ts'
import { claimedFormat } from '../data/sniff.ts'
import type { DataFormat, LabelRow, ReadContext, WrittenFile } from './format.ts'
import { splitOf } from './source/split-of.ts'
import type { Tree, TreeEntry } from './source/tree.ts'

const LINE = /^\d+(\s+[-+.\deE]+){4,}\s*$/
const NAMES = ['data.yaml', 'data.yml', 'dataset.yaml', 'classes.txt', 'obj.names', '_darknet.labels']

/** Paths of the label file that an image may have: images/ becomes labels/, or it lies beside it. */
function labelPaths(image: string): string[] {
  const stem = image.slice(0, image.length - posix.extname(image).length)
  const parts = stem.split('/')
  const at = parts.lastIndexOf('images')
  return [...(at >= 0 ? [[...parts.slice(0, at), 'labels', ...parts.slice(at + 1)].join('/')] : []), stem].map((path) => `${path}.txt`)
}

const labelOf = (tree: Tree, image: string): TreeEntry | undefined => labelPaths(image).map((path) => tree.find(path)).find((entry) => entry !== undefined)

const text = async (entry: TreeEntry): Promise<string> => new TextDecoder().decode(await entry.read())

/** Class names by their number. data.yaml: `names: [a, b]`, a list, or a map from numbers. */
async function classNames(tree: Tree): Promise<string[]> {
  const entry = tree.entries.filter((e) => e.refused === null && NAMES.includes(posix.basename(e.path))).sort((a, b) => NAMES.indexOf(posix.basename(a.path)) - NAMES.indexOf(posix.basename(b.path)))[0]
  if (!entry) return []
  const content = await text(entry)
  if (!/\.ya?ml$/.test(entry.path)) return content.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '')
  const bare = (name: string): string => name.trim().replace(/^'(.*)'$/, '$1').replace(/^"(.*)"$/, (_, inner: string) => inner.replaceAll(/\\(["\\])/g, '$1'))
  const flow = /^names\s*:\s*\[([^\]]*)\]/m.exec(content)
  if (flow) return (flow[1] ?? '').split(',').map(bare).filter((name) => name !== '')
  const names: string[] = []
  const lines = content.split(/\r?\n/)
  for (const line of lines.slice(lines.findIndex((l) => /^names\s*:/.test(l)) + 1)) {
    const entryLine = /^\s*(?:-\s*|(\d+)\s*:\s*)(.+?)\s*(?:#.*)?$/.exec(line)
    if (!entryLine) break
    names[entryLine[1] === undefined ? names.length : Number(entryLine[1])] = bare(entryLine[2] ?? '')
  }
  return names
}

/** Lines `class x y width height`, the middle and sides in shares of the image. */
function boxesOf(content: string, names: readonly string[], { width, height }: { width: number; height: number }, ctx: ReadContext, path: string): NamedLabel {
  const boxes: Extract<NamedLabel, { kind: 'boxes' }>['boxes'] = []
  let bad = 0
  for (const line of content.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const numbers = line.trim().split(/\s+/).map(Number)
    const [kind = NaN, ...rest] = numbers
    // More than four numbers are a polygon: its box is around it.
    const [x, y, w, h] = rest.length > 5 ? around(rest) : (rest as [number, number, number, number])
    if (!LINE.test(line.trim()) || !(w > 0) || !(h > 0)) bad++
    else boxes.push({ class: names[kind] ?? `class ${kind}`, x: fine((x - w / 2) * width), y: fine((y - h / 2) * height), width: fine(w * width), height: fine(h * height) })
  }
  if (bad > 0) ctx.note(`${path}: ${bad} lines are no boxes and were left out`)
  return { kind: 'boxes', boxes }
}

/** Without what shares of eight digits add. */
const fine = (v: number): number => Math.round(v * 1e4) / 1e4

function around(points: readonly number[]): [number, number, number, number] {
  const [xs, ys] = [points.filter((_, i) => i % 2 === 0), points.filter((_, i) => i % 2 === 1)]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  return [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top]
}

export const yolo: DataFormat = {
  title: 'YOLO txt',
  description: 'A folder with images/ and labels/ (or texts beside the images), a line a box, and data.yaml or classes.txt with the names; train/, val/ and test/ give the split.',
  inputs: ['image'],
  async match(source) {
    if (source.kind !== 'folder') return false
    const tree = await source.tree()
    const image = tree.entries.find((e) => claimedFormat(e.path) !== null && labelOf(tree, e.path) !== undefined)
    const label = image && labelOf(tree, image.path)
    if (!label || label.refused !== null) return false
    const lines = (await text(label)).split(/\r?\n/).filter((line) => line.trim() !== '')
    return lines.length === 0 ? tree.entries.some((e) => NAMES.includes(posix.basename(e.path))) : lines.every((line) => LINE.test(line.trim()))
  },
  async *read(source, ctx) {
    const tree = await source.tree()
    const names = await classNames(tree)
    if (names.length === 0) ctx.note('no data.yaml or classes.txt: classes are called by their numbers')
    const images = tree.entries.filter((e) => claimedFormat(e.path) !== null)
    ctx.expect(images.length)
    for (const entry of images) {
      ctx.signal?.throwIfAborted()
      if (entry.refused !== null) {
        yield { kind: 'skip', path: entry.path, reason: entry.refused }
        continue
      }
      const label = labelOf(tree, entry.path)
      const bytes = await entry.read()
      const size = await sizeOf(bytes).catch(() => null)
      // An image that cannot be read is told by the import; one without a text has no label yet.
      yield { kind: 'item', name: entry.path, file: entry.file, read: () => Promise.resolve(bytes), className: null, label: label && size && label.refused === null ? boxesOf(await text(label), names, size, ctx, label.path) : null, split: splitOf(entry.path) }
    }
  },
  *writeFiles(rows: Iterable<LabelRow>): Generator<WrittenFile> {
    const names: string[] = []
    const number = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.push(name) - 1)
    for (const { name, label, width = 0, height = 0 } of rows) {
      if (!label) continue
      if (label.kind !== 'boxes') throw new LatheError('usage', `YOLO txt holds boxes; the label of ${name} is of kind '${label.kind}'`)
      const lines = label.boxes.map((box) => `${number(box.class)} ${[(box.x + box.width / 2) / width, (box.y + box.height / 2) / height, box.width / width, box.height / height].map((v) => Number(v.toFixed(8))).join(' ')}\n`)
      yield { path: `labels/${name.slice(0, name.length - posix.extname(name).length).replace(/^images\//, '')}.txt`, data: lines.join('') }
    }
    yield { path: 'classes.txt', data: names.map((name) => `${name}\n`).join('') }
    yield { path: 'data.yaml', data: `path: .\ntrain: images\nval: images\nnames:\n${names.map((name, i) => `  ${i}: ${JSON.stringify(name)}\n`).join('')}` }
  },
}
