// COCO JSON: boxes of many images in one file, the images beside it.
import { basename, dirname, posix } from 'node:path'
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { Split } from '../contract/recipe.ts'
import { extension } from '../data/sniff.ts'
import type { DataFormat, Found, LabelRow, ReadContext } from './format.ts'
import { diskTree } from './source/disk-tree.ts'
import { headOf } from './source/source.ts'
import { imageFinder } from './source/image-finder.ts'
import type { Tree, TreeEntry } from './source/tree.ts'

const id = z.union([z.int(), z.string()])
const file = z.object({
  images: z.array(z.object({ id, file_name: z.string().min(1) })),
  annotations: z.array(z.object({ image_id: id, category_id: id, bbox: z.array(z.number()).optional(), iscrowd: z.union([z.number(), z.boolean()]).optional() })).default([]),
  categories: z.array(z.object({ id, name: z.string() })),
})

/** Whether the head of a JSON file is of this format: COCO's first keys in any order. */
function isCoco(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head)
  return /^\s*\{/.test(text) && /"images"\s*:/.test(text) && /"(annotations|categories)"\s*:/.test(text)
}

async function jsonFiles(tree: Tree): Promise<TreeEntry[]> {
  const found: TreeEntry[] = []
  for (const entry of tree.entries) {
    if (entry.refused !== null || extension(entry.path) !== 'json' || entry.path.split('/').length > 2) continue
    const head = await entry.stream().then((stream) => headOf(stream)).catch(() => new Uint8Array())
    // The keys may stand behind many annotations.
    if (isCoco(head) || (/^\s*\{\s*"(images|annotations|categories|info|licenses)"\s*:/.test(new TextDecoder().decode(head.subarray(0, 200))))) found.push(entry)
  }
  return found
}

/** `instances_train2017.json`, `val.json`. */
function splitOf(path: string): Split | null {
  const name = basename(path).toLowerCase()
  return /train/.test(name) ? 'train' : /val/.test(name) ? 'val' : /test/.test(name) ? 'test' : null
}

function* readFile(bytes: Uint8Array, name: string, tree: Tree, folder: string, ctx: ReadContext): Generator<Found> {
  const parsed = file.safeParse(parse(bytes))
  if (!parsed.success) {
    yield { kind: 'skip', path: name, reason: `no COCO JSON: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}` }
    return
  }
  const { images, annotations, categories } = parsed.data
  const names = new Map(categories.map((c) => [c.id, c.name]))
  const boxes = new Map<number | string, { class: string; x: number; y: number; width: number; height: number }[]>()
  let [left, without] = [0, 0]
  for (const { image_id, category_id, bbox, iscrowd } of annotations) {
    const [x = 0, y = 0, width = 0, height = 0] = bbox ?? []
    const kind = names.get(category_id)
    if (iscrowd === 1 || iscrowd === true || !bbox || kind === undefined || kind === '') without++
    else if (width <= 0 || height <= 0) left++
    else boxes.set(image_id, [...(boxes.get(image_id) ?? []), { class: kind, x, y, width, height }])
  }
  if (left > 0) ctx.note(`${name}: ${left} boxes without width or height were left out`)
  if (without > 0) ctx.note(`${name}: ${without} annotations without a box of their own (crowds, missing categories) were left out`)
  ctx.expect(images.length)
  const find = imageFinder(tree)
  for (const image of images) {
    ctx.signal?.throwIfAborted()
    const entry = find(folder, image.file_name)
    if (!entry) yield { kind: 'skip', path: `${name}: ${image.file_name.slice(0, 200)}`, reason: 'no such file' }
    else if (entry.refused !== null) yield { kind: 'skip', path: entry.path, reason: entry.refused }
    else yield { kind: 'item', name: entry.path, file: entry.file, read: () => entry.read(), className: null, label: { kind: 'boxes', boxes: boxes.get(image.id) ?? [] }, split: splitOf(name) }
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown
  } catch {
    return null
  }
}

export const coco: DataFormat = {
  title: 'COCO JSON',
  description: 'Boxes in one JSON file (images, annotations, categories); images lie beside it, in images/ or where file_name says. train, val or test in its name gives the split.',
  inputs: ['image'],
  async match(source) {
    if (source.kind === 'file') return extension(source.name) === 'json' && isCoco(await source.head())
    return (await jsonFiles(await source.tree())).length > 0
  },
  async *read(source, ctx) {
    if (source.kind === 'file') {
      const parts: Uint8Array[] = []
      for await (const part of await source.stream()) parts.push(part)
      // annotations/instances.json has its images in a folder beside annotations/.
      const own = dirname(source.file)
      const up = basename(own) === 'annotations'
      yield* readFile(Buffer.concat(parts), source.name, await diskTree(up ? dirname(own) : own), up ? 'annotations' : '.', ctx)
      return
    }
    const tree = await source.tree()
    for (const entry of await jsonFiles(tree)) yield* readFile(await entry.read(), entry.path, tree, posix.dirname(entry.path), ctx)
  },
  *write(rows: Iterable<LabelRow>) {
    const categories = new Map<string, number>()
    const images: unknown[] = []
    const annotations: unknown[] = []
    for (const { name, label, width = 0, height = 0 } of rows) {
      if (label && label.kind !== 'boxes') throw new LatheError('usage', `COCO JSON holds boxes; the label of ${name} is of kind '${label.kind}'`)
      const image_id = images.length + 1
      images.push({ id: image_id, file_name: name, width, height })
      for (const box of label?.boxes ?? []) {
        const category_id = categories.get(box.class) ?? categories.size + 1
        categories.set(box.class, category_id)
        annotations.push({ id: annotations.length + 1, image_id, category_id, bbox: [box.x, box.y, box.width, box.height], area: box.width * box.height, iscrowd: 0 })
      }
    }
    yield JSON.stringify({ images, annotations, categories: [...categories].map(([name, key]) => ({ id: key, name })) })
    yield '\n'
  },
}
