// Loading of image sets: channels, sizes, bounds, errors that name the sample, cancelling.
import { describe, expect, test } from 'vitest'
import { noise } from '../../test/support/images.ts'
import type { ImageInput } from '../contract/recipe.ts'
import { loadPixels, toChannels } from './load.ts'
import { encodePng } from './png.ts'

const input: ImageInput = { kind: 'image', height: 8, width: 8, channels: 1, mean: [0], std: [1] }
const noResize = (): Promise<Uint8Array> => Promise.reject(new Error('not to be called'))

describe('loadPixels', () => {
  test('gives the pixels in the order of the ids', async () => {
    const images = [0, 1, 2].map((i) => noise(8, 8, i))
    const out = await loadPixels({ ids: [7, 3, 9], read: (id) => encodePng(images[{ 7: 0, 3: 1, 9: 2 }[id]!]!), input, resize: noResize })
    expect(out).toEqual(Uint8Array.from(images.flatMap((image) => [...image.data])))
  })
  test('calls resize with the original pixels, in the input’s channels, and only where the size differs', async () => {
    const seen: string[] = []
    const out = await loadPixels({
      ids: [1, 2],
      read: (id) => encodePng(id === 1 ? noise(8, 8, 1) : noise(20, 10, 2, 3)),
      input,
      resize: (p) => {
        seen.push(`${p.width}×${p.height}×${p.channels}`)
        return Promise.resolve(new Uint8Array(64).fill(5))
      },
    })
    expect(seen).toEqual(['20×10×1'])
    expect(out.subarray(64)).toEqual(new Uint8Array(64).fill(5))
  })
  test('grey and RGB', () => {
    expect(toChannels({ width: 2, height: 1, channels: 1, data: Uint8Array.of(1, 2) }, 3).data).toEqual(Uint8Array.of(1, 1, 1, 2, 2, 2))
    expect(toChannels({ width: 2, height: 1, channels: 3, data: Uint8Array.of(255, 0, 0, 10, 20, 30) }, 1).data).toEqual(Uint8Array.of(76, 18))
  })
  test('says so where the set is over the budget', async () => {
    const ids = Array.from({ length: 100 }, (_, id) => id)
    await expect(loadPixels({ ids, read: () => encodePng(noise(8, 8)), input, resize: noResize, budget: 1000 })).rejects.toMatchObject({ kind: 'data', message: expect.stringContaining('100 images of 8 × 8 × 1') as string })
  })
  test('names the sample that cannot be read', async () => {
    await expect(loadPixels({ ids: [12], read: () => Buffer.from('nonsense'), input, resize: noResize })).rejects.toMatchObject({ kind: 'data', message: 'sample 12 cannot be read: not an image', details: { sample: 12 } })
  })
  test('stops when asked to', async () => {
    const abort = new AbortController()
    const ids = Array.from({ length: 200 }, (_, id) => id)
    let reads = 0
    const read = (): Uint8Array => {
      if (++reads === 20) abort.abort()
      return encodePng(noise(8, 8))
    }
    await expect(loadPixels({ ids, read, input, resize: noResize, signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(reads).toBeLessThan(60)
  })
})
