// Drawn shapes: always the same, of the sizes that are promised, boxes tight around what is seen, overlaps and empty pictures among them.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { decode } from '../data/decode.ts'
import type { NewSample } from '../data/new-sample.ts'
import { iou } from '../metrics/detection.ts'
import { openSample, samples } from './index.ts'
import { drawScene, SHAPES, type Scene } from './shapes.ts'

const options = { side: 128, most: 6, sizes: [8, 64] as const }
const scenes: readonly Scene[] = Array.from({ length: 60 }, (_, i) => drawScene(101, i, options))

test('the same seed draws the same picture, another one another', () => {
  expect(drawScene(101, 3, options)).toEqual(scenes[3])
  expect(drawScene(102, 3, options).pixels).not.toEqual(scenes[3]!.pixels)
  const hash = createHash('sha256')
  for (const { pixels, mask } of scenes.slice(0, 5)) hash.update(pixels).update(mask)
  expect(hash.digest('hex')).toBe('a3ce4d546585d195cf864d5a41d9582d00d6b42118c62458c0326296588f54d1')
})

test('shapes are of all classes and of 8 to 64 pixels; some overlap, some pictures are empty', () => {
  const boxes = scenes.flatMap((scene) => scene.boxes)
  expect(new Set(boxes.map((box) => box.class)).size).toBe(SHAPES.length)
  const sides = boxes.map((box) => Math.max(box.width, box.height))
  expect(Math.max(...sides)).toBeLessThanOrEqual(65)
  expect(Math.max(...sides)).toBeGreaterThan(50)
  expect(sides.filter((side) => side < 7).length).toBeLessThan(boxes.length / 20)
  expect(scenes.some(({ boxes: own }) => own.length === 0)).toBe(true)
  expect(scenes.some(({ boxes: own }) => own.some((a, i) => own.some((b, j) => j < i && iou(a, b) > 0.02)))).toBe(true)
})

test('boxes are around what is seen of their shape in the mask', () => {
  for (const { mask, boxes } of scenes) {
    const seen = new Set(mask)
    expect([...new Set(boxes.map((box) => box.class + 1))].sort()).toEqual([...seen].filter((kind) => kind > 0).sort())
    for (const box of boxes) {
      const edge = (at: (i: number) => number, length: number): boolean => Array.from({ length }, (_, i) => mask[at(i)]).includes(box.class + 1)
      expect(edge((i) => box.y * 128 + box.x + i, box.width) && edge((i) => (box.y + box.height - 1) * 128 + box.x + i, box.width) && edge((i) => (box.y + i) * 128 + box.x, box.height) && edge((i) => (box.y + i) * 128 + box.x + box.width - 1, box.height)).toBe(true)
    }
  }
})

test.each([
  ['shapes-detection', 'boxes', 128],
  ['shapes-segmentation', 'mask', 96],
  ['shapes-multilabel', 'classes', 48],
] as const)('%s: PNG files with %s, in three splits', async (id, kind, side) => {
  const first: NewSample[] = []
  for await (const sample of openSample(id)) if (first.push(sample) === 12) break
  expect(new Set(first.map((sample) => sample.sha256)).size).toBe(12)
  for (const { data, label, width, height, split, mime } of first) {
    expect({ width, height, split, mime, kind: label?.kind }).toEqual({ width: side, height: side, split: 'train', mime: 'image/png', kind })
    const pixels = await decode(data!)
    expect([pixels.width, pixels.height, pixels.channels]).toEqual([side, side, 3])
    if (label?.kind === 'mask') expect(label.runs.reduce((sum, [, n]) => sum + n, 0)).toBe(side * side)
  }
  expect(samples[id].classes).toEqual(SHAPES)
})
