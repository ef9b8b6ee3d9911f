// Mask PNG: for each image a picture of the same size whose pixels tell the class; names in classes.txt.
import { posix } from 'node:path'
import { LatheError } from '../contract/errors.ts'
import type { NamedLabel } from '../contract/label.ts'
import { decode } from '../data/decode.ts'
import { encodePng } from '../data/png.ts'
import { claimedFormat, extension } from '../data/sniff.ts'
import type { Pixels } from '../data/types.ts'
import type { DataFormat, LabelRow, WrittenFile } from './format.ts'
import { splitOf } from './source/split-of.ts'
import type { Tree, TreeEntry } from './source/tree.ts'

const IMAGE_FOLDERS = ['images', 'image', 'img', 'imgs', 'JPEGImages']
const MASK_FOLDERS = ['masks', 'mask', 'labels', 'annotations', 'SegmentationClass']
const NAMES = ['classes.txt', 'labelmap.txt', 'labels.txt']
/** Pixels that no class counts for, in the habit of Pascal VOC. */
const VOID = 255

interface Kind {
  readonly name: string
  /** 0xRRGGBB where the names give colours. */
  readonly colour: number | null
}

/** The mask of an image: the same path in a masks folder, or its name with _mask. */
function maskOf(tree: Tree, image: string): TreeEntry | undefined {
  const stem = image.slice(0, image.length - posix.extname(image).length)
  const parts = stem.split('/')
  const paths = parts.flatMap((part, i) => (IMAGE_FOLDERS.includes(part) ? MASK_FOLDERS.map((folder) => [...parts.slice(0, i), folder, ...parts.slice(i + 1)].join('/')) : []))
  return [...paths, ...paths.map((path) => `${path}_mask`), `${stem}_mask`].map((path) => tree.find(`${path}.png`)).find((entry) => entry !== undefined)
}

const isMask = (path: string): boolean => extension(path) === 'png' && (path.split('/').some((part) => MASK_FOLDERS.includes(part)) || /_mask\.png$/i.test(path))

const imagesOf = (tree: Tree): TreeEntry[] => tree.entries.filter((e) => claimedFormat(e.path) !== null && !isMask(e.path))

/** A line a class, the first of value 1; `name:r,g,b` gives its colour (CVAT), and a line called background is value 0. */
async function kindsOf(tree: Tree): Promise<Kind[] | null> {
  const entry = tree.entries.find((e) => e.refused === null && NAMES.includes(posix.basename(e.path)))
  if (!entry) return null
  const lines = new TextDecoder().decode(await entry.read()).split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const match = /^(.*?):\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)/.exec(line)
    return match ? { name: (match[1] ?? '').trim(), colour: (Number(match[2]) << 16) | (Number(match[3]) << 8) | Number(match[4]) } : { name: line, colour: null }
  }).filter(({ name }) => name.toLowerCase() !== 'background')
}

/** Colour of class `value` in Pascal VOC's palette. https://host.robots.ox.ac.uk/pascal/VOC/ (devkit, VOClabelcolormap). */
function vocColour(value: number): number {
  let [r, g, b, rest] = [0, 0, 0, value]
  for (let bit = 7; rest > 0; bit--, rest >>= 3) {
    r |= (rest & 1) << bit
    g |= ((rest >> 1) & 1) << bit
    b |= ((rest >> 2) & 1) << bit
  }
  return (r << 16) | (g << 8) | b
}

/** Value 0 for background, else 1 + class, of each pixel. */
function valuesOf({ channels, data, width, height }: Pixels, kinds: readonly Kind[] | null): Uint8Array {
  const out = new Uint8Array(width * height)
  if (channels === 1) {
    const binary = data.every((v) => v === 0 || v === VOID)
    data.forEach((v, i) => (out[i] = v === VOID ? (binary ? 1 : 0) : v))
    return out
  }
  const byColour = new Map<number, number>()
  kinds?.forEach(({ colour }, i) => {
    if (colour !== null) byColour.set(colour, i + 1)
  })
  if (byColour.size === 0) for (let v = 1; v < VOID; v++) byColour.set(vocColour(v), v)
  for (let i = 0; i < out.length; i++) {
    const colour = ((data[3 * i] ?? 0) << 16) | ((data[3 * i + 1] ?? 0) << 8) | (data[3 * i + 2] ?? 0)
    out[i] = byColour.get(colour) ?? 0
  }
  return out
}

function labelOf(pixels: Pixels, kinds: readonly Kind[] | null): NamedLabel {
  const values = valuesOf(pixels, kinds)
  const runs: [string | null, number][] = []
  for (let at = 0; at < values.length; ) {
    const value = values[at] ?? 0
    let end = at + 1
    while (end < values.length && values[end] === value) end++
    runs.push([value === 0 ? null : (kinds?.[value - 1]?.name ?? `class ${value}`), end - at])
    at = end
  }
  return { kind: 'mask', width: pixels.width, height: pixels.height, runs }
}

export const maskPng: DataFormat = {
  title: 'Mask PNG',
  description: 'A folder with images/ and masks/ of the same names: 0 is background, n the n-th line of classes.txt; colours by classes.txt (name:r,g,b) or of Pascal VOC.',
  inputs: ['image'],
  async match(source) {
    if (source.kind !== 'folder') return false
    const tree = await source.tree()
    return imagesOf(tree).some((e) => maskOf(tree, e.path) !== undefined)
  },
  async *read(source, ctx) {
    const tree = await source.tree()
    const kinds = await kindsOf(tree)
    if (!kinds) ctx.note('no classes.txt: classes are called by their values')
    const images = imagesOf(tree)
    ctx.expect(images.length)
    for (const entry of images) {
      ctx.signal?.throwIfAborted()
      const mask = maskOf(tree, entry.path)
      if (entry.refused !== null) {
        yield { kind: 'skip', path: entry.path, reason: entry.refused }
        continue
      }
      const pixels = mask && mask.refused === null ? await mask.read().then(decode).catch(() => null) : null
      if (mask && !pixels) ctx.note(`${mask.path}: the mask cannot be read; its image comes without a label`)
      yield { kind: 'item', name: entry.path, file: entry.file, read: () => entry.read(), className: null, label: pixels ? labelOf(pixels, kinds) : null, split: splitOf(entry.path) }
    }
  },
  *writeFiles(rows: Iterable<LabelRow>): Generator<WrittenFile> {
    const names: string[] = []
    const value = (name: string | null): number => (name === null ? 0 : names.includes(name) ? names.indexOf(name) + 1 : names.push(name))
    for (const { name, label } of rows) {
      if (!label) continue
      if (label.kind !== 'mask') throw new LatheError('usage', `mask PNG holds masks; the label of ${name} is of kind '${label.kind}'`)
      const data = new Uint8Array(label.width * label.height)
      let at = 0
      for (const [kind, length] of label.runs) {
        data.fill(value(kind), at, at + length)
        at += length
      }
      if (names.length >= VOID) throw new LatheError('usage', `mask PNG holds at most ${VOID - 1} classes; merge some`)
      yield { path: `masks/${name.slice(0, name.length - posix.extname(name).length).replace(/^images\//, '')}.png`, data: encodePng({ width: label.width, height: label.height, channels: 1, data }) }
    }
    yield { path: 'classes.txt', data: names.map((name) => `${name}\n`).join('') }
  },
}
