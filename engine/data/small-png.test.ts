// Small PNGs: the same pixels as the decoder of all images, and nothing where that one would see more in the file.
import sharp, { type Sharp } from 'sharp'
import { describe, expect, test } from 'vitest'
import { noise } from '../../test/support/images.ts'
import { encodePng } from './png.ts'
import { decodeSmallPng } from './small-png.ts'

const raw = (image: ReturnType<typeof noise>): Sharp => sharp(image.data, { raw: { width: image.width, height: image.height, channels: image.channels } })

describe('small PNGs', () => {
  test.each([[1, 1, 1], [8, 8, 1], [28, 28, 3], [64, 64, 1], [5, 13, 3]] as const)('%d × %d × %d', async (width, height, channels) => {
    const image = noise(width, height, 3, channels)
    expect(decodeSmallPng(encodePng(image))).toEqual(image)
    for (const adaptiveFiltering of [false, true]) {
      const bytes = await raw(image).toColourspace(channels === 1 ? 'b-w' : 'srgb').png({ adaptiveFiltering, compressionLevel: 9 }).toBuffer()
      expect(decodeSmallPng(bytes)).toEqual(image)
    }
  })
  test('none of: large, deep, alpha, palette, interlaced, with a profile', async () => {
    const image = noise(16, 16, 1, 3)
    const others = [
      encodePng(noise(65, 64)),
      await raw(image).ensureAlpha().png().toBuffer(),
      await raw(image).png({ palette: true }).toBuffer(),
      await raw(image).png({ progressive: true }).toBuffer(),
      await raw(image).withIccProfile('p3').png().toBuffer(),
      await raw(image).toColourspace('rgb16').png().toBuffer(),
      await raw(image).jpeg().toBuffer(),
    ]
    for (const bytes of others) expect(decodeSmallPng(bytes)).toBeNull()
  })
  test('none where a byte is missing, wrong or too many', () => {
    const good = encodePng(noise(9, 9))
    for (let n = 0; n < good.length; n++) expect(decodeSmallPng(good.subarray(0, n))).toBeNull()
    // Any byte but those of chunk lengths and types is under a checksum; those change what the file is.
    for (let i = 0; i < good.length; i++) expect(decodeSmallPng(good.map((byte, k) => (k === i ? byte ^ 0x55 : byte)))).toBeNull()
    expect(decodeSmallPng(Uint8Array.from([...good, 0]))).toBeNull()
  })
  test('none where the file is much larger than its pixels', () => {
    const good = encodePng(noise(2, 2))
    const large = encodePng(noise(60, 60))
    expect(decodeSmallPng(Uint8Array.from([...good.subarray(0, 33), ...large.subarray(33)]))).toBeNull()
  })
})
