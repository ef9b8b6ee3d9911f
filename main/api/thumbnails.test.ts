// Thumbnails: made a few at a time, once each, kept while there is room.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { Thumbnails } from './thumbnails.ts'

test('however many are asked for, few images are in memory at once, each is made once, and one that fails is made anew', async () => {
  const bytes = await sharp({ create: { width: 200, height: 100, channels: 3, background: 'red' } }).png().toBuffer()
  const thumbnails = new Thumbnails()
  let [reading, most, reads] = [0, 0, 0]
  const read = async (): Promise<{ bytes: Uint8Array; mime: string }> => {
    reads++
    most = Math.max(most, ++reading)
    await new Promise((resolve) => { setTimeout(resolve, 5) })
    reading--
    return { bytes, mime: 'image/png' }
  }
  const all = await Promise.all(Array.from({ length: 40 }, (_, i) => thumbnails.get(`key ${i % 20}`, 50, read)))
  expect(reads).toBe(20)
  expect(most).toBeLessThanOrEqual(4)
  expect(await sharp(all[0]).metadata()).toMatchObject({ format: 'png', width: 50, height: 25 })

  await expect(thumbnails.get('bad', 50, () => Promise.resolve({ bytes: new Uint8Array(3), mime: 'image/png' }))).rejects.toThrow()
  expect(await sharp(await thumbnails.get('bad', 50, read)).metadata()).toMatchObject({ width: 50 })
})
