// Decoding: every format, orientation, alpha, depth and colour space; every reason for refusing.
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { bmp24, encoded, noise } from '../../test/support/images.ts'
import { DecodeError } from './decode-error.ts'
import { decode, probe } from './decode.ts'
import { encodePng } from './png.ts'

const reason = async (bytes: Uint8Array, name: string): Promise<string> => {
  try {
    await probe(bytes, name)
  } catch (error) {
    if (error instanceof DecodeError) return error.reason
    throw error
  }
  throw new Error('was accepted')
}
/** A PNG that claims a size in its header without having it. */
function claiming(width: number, height: number): Uint8Array {
  const bytes = encodePng(noise(4, 4))
  const view = new DataView(bytes.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  view.setUint32(29, crc(bytes.subarray(12, 29)))
  return bytes
}
function crc(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const b of bytes) {
    c ^= b
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  }
  return (c ^ 0xffffffff) >>> 0
}

describe('decode', () => {
  test.each(['png', 'webp', 'gif', 'tiff', 'jpeg'] as const)('%s', async (format) => {
    const bytes = await encoded(format)
    const image = await decode(bytes)
    expect([image.width, image.height, image.channels]).toEqual([16, 12, 3])
    expect(image.data.length).toBe(16 * 12 * 3)
    if (format === 'png') expect(image.data).toEqual(noise(16, 12, 0, 3).data)
    expect(await probe(bytes, `a.${format}`)).toMatchObject({ format, mime: `image/${format}`, width: 16, height: 12, channels: 3 })
  })
  test('bmp', async () => {
    const { data } = noise(5, 3, 0, 3)
    expect((await decode(bmp24(5, 3, data))).data).toEqual(data)
    expect(await probe(bmp24(5, 3, data), 'a.BMP')).toMatchObject({ mime: 'image/bmp', width: 5, height: 3 })
  })
  test('grey stays one channel, 16 bits become 8', async () => {
    const grey = noise(6, 4)
    expect(await decode(encodePng(grey))).toEqual(grey)
    const deep = await sharp(Uint16Array.from([0, 257, 32896, 65535]), { raw: { width: 2, height: 2, channels: 1 } }).toColourspace('grey16').png().toBuffer()
    expect((await sharp(deep).metadata()).depth).toBe('ushort')
    expect(await decode(deep)).toEqual({ width: 2, height: 2, channels: 1, data: Uint8Array.of(0, 1, 128, 255) })
  })
  test('EXIF orientation is applied, once', async () => {
    const red = { create: { width: 4, height: 2, channels: 3 as const, background: '#000' } }
    const lit = await sharp(red).composite([{ input: Buffer.from([255, 255, 255]), raw: { width: 1, height: 1, channels: 3 }, left: 0, top: 0 }]).png().toBuffer()
    // 6: the stored image is to be turned 90° clockwise, so its top left corner goes to the top right.
    const turned = await sharp(lit).withMetadata({ orientation: 6 }).tiff({ compression: 'none' }).toBuffer()
    expect((await sharp(turned).metadata()).orientation).toBe(6)
    const image = await decode(turned)
    expect([image.width, image.height]).toEqual([2, 4])
    expect([...image.data.subarray(0, 6)]).toEqual([0, 0, 0, 255, 255, 255])
    expect(await probe(turned, 'x.tif')).toMatchObject({ width: 2, height: 4 })
  })
  test('alpha goes over white', async () => {
    const rgba = Uint8Array.of(10, 20, 30, 255, 10, 20, 30, 0)
    const bytes = await sharp(rgba, { raw: { width: 2, height: 1, channels: 4 } }).png().toBuffer()
    expect([...(await decode(bytes)).data]).toEqual([10, 20, 30, 255, 255, 255])
    const greyAlpha = await sharp(Uint8Array.of(7, 255, 7, 0), { raw: { width: 2, height: 1, channels: 2 } }).toColourspace('b-w').png().toBuffer()
    expect(await decode(greyAlpha)).toEqual({ width: 2, height: 1, channels: 1, data: Uint8Array.of(7, 255) })
  })
  test('CMYK becomes sRGB', async () => {
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#ff0000' } }).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer()
    expect((await sharp(bytes).metadata()).space).toBe('cmyk')
    const image = await decode(bytes)
    expect(image.channels).toBe(3)
    expect(image.data[0]).toBeGreaterThan(200)
    expect(image.data[2]).toBeLessThan(80)
  })
  test('large images asked for together all come, and one that is corrupt does not stop the others', async () => {
    const good = await sharp({ create: { width: 2500, height: 2000, channels: 3, background: '#102030' } }).png().toBuffer()
    const results = await Promise.allSettled([decode(good), decode(good.subarray(0, good.length / 2)), decode(good)])
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[2]).toMatchObject({ value: { width: 2500, height: 2000, channels: 3 } })
  })
  test('only the first frame of an animation', async () => {
    const frames = [noise(8, 8, 1, 3), noise(8, 8, 2, 3)].map((f) => f.data)
    const bytes = await sharp(Buffer.concat(frames), { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } }).gif({ delay: [100, 100] }).toBuffer()
    expect((await sharp(bytes).metadata()).pages).toBe(2)
    expect(await decode(bytes)).toMatchObject({ width: 8, height: 8 })
  })
})

describe('probe refuses, with a reason', () => {
  let jpeg = new Uint8Array(0)
  beforeAll(async () => {
    jpeg = new Uint8Array(await encoded('jpeg', 0, 64, 64))
  })
  test('empty', async () => {
    expect(await reason(new Uint8Array(0), 'a.png')).toBe('empty file')
  })
  test('text named as an image', async () => {
    expect(await reason(Buffer.from('BMhello, I am a text'), 'a.png')).toBe('not an image')
  })
  test('formats that are recognised but not read', async () => {
    expect(await reason(Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg')).toBe('not an image that can be read here (SVG)')
    expect(await reason(Buffer.from('%PDF-1.7'), 'a.png')).toBe('not an image that can be read here (PDF)')
  })
  test('over 100 megapixels, by the header alone', async () => {
    expect(await reason(claiming(20000, 20000), 'a.png')).toBe('over 100 megapixels (20000 × 20000)')
    expect(await reason(bmp24(4, 4, []).map((v, i) => (i === 20 || i === 24 ? 1 : v)), 'a.bmp')).toBe('over 100 megapixels (65540 × 65540)')
    await expect(decode(claiming(20000, 20000))).rejects.toThrow('over 100 megapixels')
  })
  test('wrongly named', async () => {
    expect(await reason(jpeg, 'a.png')).toBe('wrongly named: .png but the content is JPEG')
    expect(await reason(jpeg, 'a.txt')).toBe('wrongly named: .txt but the content is JPEG')
    expect(await probe(jpeg, 'scan.0001')).toMatchObject({ format: 'jpeg' })
    expect(await probe(jpeg, 'noextension')).toMatchObject({ format: 'jpeg' })
    expect(await probe(jpeg, 'A.JPG')).toMatchObject({ format: 'jpeg' })
  })
  test('corrupt: cut off or claiming what is not there', async () => {
    const png = encodePng(noise(64, 64))
    expect(await reason(png.subarray(0, png.length / 2), 'a.png')).toBe('corrupt PNG')
    expect(await reason(png.subarray(0, 12), 'a.png')).toBe('corrupt PNG')
    expect(await reason(jpeg.subarray(0, jpeg.length / 2), 'a.jpg')).toBe('corrupt JPEG')
    expect(await reason(claiming(5000, 5000), 'a.png')).toBe('corrupt PNG')
    for (const format of ['webp', 'gif', 'tiff'] as const) {
      const bytes = await encoded(format, 0, 64, 64)
      expect(await reason(bytes.subarray(0, Math.floor(bytes.length / 3)), `a.${format}`)).toBe(`corrupt ${format.toUpperCase()}`)
    }
  })
})
