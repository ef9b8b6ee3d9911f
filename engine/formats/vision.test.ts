// Formats of boxes, masks and several classes: what is written comes back, other people's habits are read, bad parts are told.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { encodePng } from '../data/png.ts'
import { tempFolder } from '../../test/support/images.ts'
import { coco } from './coco.ts'
import { csvClasses } from './csv-classes.ts'
import type { DataFormat, FoundItem, LabelRow } from './format.ts'
import { formats } from './index.ts'
import { maskPng } from './mask-png.ts'
import { openSource } from './source/source.ts'
import { yolo } from './yolo.ts'

const folders: string[] = []
afterEach(async () => { for (const folder of folders.splice(0)) await rm(folder, { recursive: true }) })

const image = (seed: number, width = 20, height = 10): Uint8Array => encodePng({ width, height, channels: 1, data: Uint8Array.from({ length: width * height }, (_, i) => (i * 7 + seed) % 256) })

async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await tempFolder()
  folders.push(folder)
  for (const [path, data] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), data)
  }
  return folder
}

async function readAll(format: DataFormat, path: string): Promise<{ items: FoundItem[]; skips: string[]; notes: string[] }> {
  const source = await openSource(path)
  expect(await format.match(source)).toBe(true)
  const auto: string[] = []
  for (const [name, one] of Object.entries<DataFormat>(formats)) if (auto.length === 0 && one.inputs.includes('image') && (await one.match(source))) auto.push(name)
  expect(formats[auto[0] as keyof typeof formats]).toBe(format)
  const [items, skips, notes]: [FoundItem[], string[], string[]] = [[], [], []]
  for await (const found of format.read(source, { note: (m) => notes.push(m), expect: () => undefined, signal: undefined })) {
    if (found.kind === 'item') items.push(found)
    else skips.push(`${found.path}: ${found.reason}`)
  }
  return { items, skips, notes }
}

const boxes: LabelRow[] = [
  { name: 'a.png', className: null, split: null, width: 20, height: 10, label: { kind: 'boxes', boxes: [{ class: 'cat', x: 1, y: 2, width: 5, height: 4 }, { class: 'a "dog"', x: 12.5, y: 0, width: 7.5, height: 10 }] } },
  { name: 'sub/b.png', className: null, split: null, width: 20, height: 10, label: { kind: 'boxes', boxes: [] } },
]

test('COCO JSON comes back as it was written, from the file and from its folder', async () => {
  const folder = await folderOf({ 'labels.json': [...coco.write!(boxes)].join(''), 'a.png': image(1), 'sub/b.png': image(2) })
  for (const path of [folder, join(folder, 'labels.json')]) {
    const { items, skips, notes } = await readAll(coco, path)
    expect(items.map(({ name, label }) => ({ name, label }))).toEqual(boxes.map(({ name, label }) => ({ name, label })))
    expect([skips, notes]).toEqual([[], []])
  }
})

test('COCO JSON: annotations/ beside images/, split by name; crowds, empty boxes, missing files and broken JSON are told', async () => {
  const json = { info: {}, images: [{ id: 7, file_name: 'a.png' }, { id: 8, file_name: 'gone.png' }, { id: 9, file_name: '../../out.png' }], annotations: [{ image_id: 7, category_id: 3, bbox: [1, 1, 4, 4] }, { image_id: 7, category_id: 3, bbox: [1, 1, 0, 4] }, { image_id: 7, category_id: 3, bbox: [0, 0, 9, 9], iscrowd: 1 }, { image_id: 7, category_id: 99, bbox: [0, 0, 9, 9] }], categories: [{ id: 3, name: 'cat' }] }
  const folder = await folderOf({ 'annotations/instances_val2017.json': JSON.stringify(json), 'images/a.png': image(1), 'annotations/broken.json': '{"images": [], "categories": [' })
  const { items, skips, notes } = await readAll(coco, folder)
  expect(items).toMatchObject([{ name: 'images/a.png', split: 'val', label: { kind: 'boxes', boxes: [{ class: 'cat', x: 1, y: 1, width: 4, height: 4 }] } }])
  expect(skips).toEqual([expect.stringContaining('broken.json: no COCO JSON'), expect.stringContaining('gone.png: no such file'), expect.stringContaining('out.png: no such file')])
  expect(notes).toEqual([expect.stringContaining('1 boxes without width'), expect.stringContaining('2 annotations without a box')])
  expect((await readAll(coco, join(folder, 'annotations/instances_val2017.json'))).items).toHaveLength(1)
})

test('YOLO txt comes back as it was written', async () => {
  const written = Object.fromEntries([...yolo.writeFiles!(boxes)].map(({ path, data }) => [path, data]))
  expect(written['labels/a.txt']).toBe('0 0.175 0.4 0.25 0.4\n1 0.8125 0.5 0.375 1\n')
  const folder = await folderOf({ ...written, 'images/a.png': image(1), 'images/sub/b.png': image(2), 'images/c.png': image(3) })
  const { items } = await readAll(yolo, folder)
  expect(items.map(({ name, label }) => ({ name, label }))).toEqual([{ name: 'images/a.png', label: boxes[0]!.label }, { name: 'images/c.png', label: null }, { name: 'images/sub/b.png', label: boxes[1]!.label }])
})

test('YOLO txt: names as a list, splits by folders, polygons as boxes, bad lines told', async () => {
  const folder = await folderOf({ 'data.yaml': 'train: x\nnames: ["cat", \'dog\']\nnc: 2\n', 'train/images/a.png': image(1), 'train/labels/a.txt': '1 0.5 0.5 0.5 0.5\n0 0.1 0.2 0.3 0.2 0.3 0.6\n', 'valid/images/b.png': image(2), 'valid/labels/b.txt': '1 0.5 0.5 0.5 0\n' })
  const { items, notes } = await readAll(yolo, folder)
  expect(items.map((i) => i.split)).toEqual(['train', 'val'])
  const label = items[0]!.label!
  expect(label.kind === 'boxes' && label.boxes.map((b) => b.class)).toEqual(['dog', 'cat'])
  if (label.kind === 'boxes') expect([label.boxes[1]!.x, label.boxes[1]!.y, label.boxes[1]!.width, label.boxes[1]!.height].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([2, 2, 4, 4])
  expect(notes).toEqual(['valid/labels/b.txt: 1 lines are no boxes and were left out'])
})

test('mask PNG comes back as it was written', async () => {
  const rows: LabelRow[] = [{ name: 'a.png', className: null, split: null, label: { kind: 'mask', width: 20, height: 10, runs: [[null, 25], ['sky', 30], ['sea', 15], [null, 130]] } }]
  const written = Object.fromEntries([...maskPng.writeFiles!(rows)].map(({ path, data }) => [path, data]))
  const folder = await folderOf({ ...written, 'images/a.png': image(1), 'images/b.png': image(2) })
  const { items } = await readAll(maskPng, folder)
  expect(items.map(({ name, label }) => ({ name, label }))).toEqual([{ name: 'images/a.png', label: rows[0]!.label }, { name: 'images/b.png', label: null }])
})

test('mask PNG: black and white, the colours of VOC and of a label map; a broken mask costs only itself', async () => {
  const rgb = (...pixels: number[]): Uint8Array => encodePng({ width: pixels.length / 3, height: 1, channels: 3, data: Uint8Array.from(pixels) })
  const two = await folderOf({ 'images/a.png': image(1), 'masks/a.png': encodePng({ width: 4, height: 1, channels: 1, data: Uint8Array.of(0, 255, 255, 0) }), 'images/b.png': image(2), 'masks/b.png': 'no picture' })
  const { items, notes } = await readAll(maskPng, two)
  expect(items[0]!.label).toEqual({ kind: 'mask', width: 4, height: 1, runs: [[null, 1], ['class 1', 2], [null, 1]] })
  expect(items[1]!.label).toBeNull()
  expect(notes.join()).toContain('masks/b.png: the mask cannot be read')
  const voc = await folderOf({ 'JPEGImages/a.png': image(1), 'SegmentationClass/a.png': rgb(0, 0, 0, 128, 0, 0, 0, 128, 0, 224, 224, 192), 'classes.txt': 'plane\nbicycle\n' })
  expect((await readAll(maskPng, voc)).items[0]!.label).toMatchObject({ runs: [[null, 1], ['plane', 1], ['bicycle', 1], [null, 1]] })
  const map = await folderOf({ 'images/a.png': image(1), 'masks/a.png': rgb(1, 2, 3, 0, 0, 0), 'labelmap.txt': '# label:color_rgb:parts:actions\nbackground:0,0,0::\nroad:1,2,3::\n' })
  expect((await readAll(maskPng, map)).items[0]!.label).toMatchObject({ runs: [['road', 1], [null, 1]] })
})

test('CSV of several classes comes back as it was written; none is a label too', async () => {
  const rows: LabelRow[] = [
    { name: 'a.png', className: null, split: 'train', label: { kind: 'classes', classes: ['red', 'a|b', 'x, y'] } },
    { name: 'b.png', className: null, split: null, label: { kind: 'classes', classes: [] } },
  ]
  const folder = await folderOf({ 'labels.csv': [...csvClasses.write!(rows)].join(''), 'a.png': image(1), 'b.png': image(2) })
  for (const path of [folder, join(folder, 'labels.csv')]) {
    const { items } = await readAll(csvClasses, path)
    expect(items.map(({ name, label, split }) => ({ name, label, split }))).toEqual(rows.map(({ name, label, split }) => ({ name, label, split })))
  }
})

test('CSV of several classes: a column of 0 and 1 for each', async () => {
  const folder = await folderOf({ 'train.csv': 'image,split,cat,dog,bird\na.png,val,1,0,1\nb.png,test,0,0,0\n', 'a.png': image(1), 'b.png': image(2) })
  const { items } = await readAll(csvClasses, folder)
  expect(items.map(({ label, split }) => [label, split])).toEqual([[{ kind: 'classes', classes: ['cat', 'bird'] }, 'val'], [{ kind: 'classes', classes: [] }, 'test']])
})
