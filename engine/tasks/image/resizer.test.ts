// Resizing: images that come together are resized as each by itself, whatever their sizes and order.
import { expect, test } from 'vitest'
import { Random } from '../../data/random.ts'
import type { Pixels } from '../../data/types.ts'
import type { ImageInput } from '../../contract/recipe.ts'
import { Resizer } from './resizer.ts'

const input: ImageInput = { kind: 'image', height: 11, width: 9, channels: 3, mean: [0.5], std: [0.5] }

function image(height: number, width: number, seed: number): Pixels {
  const random = new Random(seed, 'sample')
  return { height, width, channels: 3, data: Uint8Array.from({ length: height * width * 3 }, () => random.int(256)) }
}

test('together or one after another, an image gets the same bytes', async () => {
  const images = [[8, 8], [30, 17], [8, 8], [9, 11], [8, 8], [30, 17], [700, 900], [700, 900], [1, 1]].map(([h = 1, w = 1], i) => image(h, w, i))
  await using resizer = new Resizer(input)
  const alone: Uint8Array[] = []
  for (const one of images) alone.push(await resizer.resize(one))
  expect(alone.every((bytes) => bytes.length === 11 * 9 * 3)).toBe(true)
  expect(new Set(alone.map((bytes) => bytes.join())).size).toBe(images.length)
  expect(await Promise.all(images.map((one) => resizer.resize(one)))).toEqual(alone)
})

test('an error is told to all whose images were together, and the next ones are resized', async () => {
  await using resizer = new Resizer(input)
  const broken = { ...image(8, 8, 1), channels: 1 as const }
  const both = await Promise.allSettled([broken, broken].map((one) => resizer.resize(one)))
  expect(both.map((one) => one.status)).toEqual(['rejected', 'rejected'])
  expect(await resizer.resize(image(8, 8, 1))).toHaveLength(11 * 9 * 3)
})
