// BMP: bit depths, row orders, palettes, bit fields; hostile bytes end in a DecodeError and nothing else.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bmp24 } from '../../test/support/images.ts'
import { bmpSize, decodeBmp } from './bmp.ts'
import { DecodeError } from './decode-error.ts'

/** Header of `bits` a pixel; `rest` follows it at once. */
function bmp(options: { width: number; height: number; bits: number; compression?: number; headerSize?: number; used?: number }, rest: readonly number[], pixels: readonly number[]): Uint8Array {
  const size = options.headerSize ?? 40
  const out = new Uint8Array(14 + 40 + rest.length + pixels.length)
  const view = new DataView(out.buffer)
  out.set([0x42, 0x4d])
  view.setUint32(10, 54 + rest.length, true)
  view.setUint32(14, size, true)
  view.setInt32(18, options.width, true)
  view.setInt32(22, options.height, true)
  view.setUint16(28, options.bits, true)
  view.setUint32(30, options.compression ?? 0, true)
  view.setUint32(46, options.used ?? 0, true)
  out.set(rest, 54)
  out.set(pixels, 54 + rest.length)
  return out
}
const le32 = (v: number): number[] => [v & 255, (v >>> 8) & 255, (v >>> 16) & 255, v >>> 24]

describe('decodeBmp', () => {
  test('24 bits, bottom row first, padded rows', () => {
    const rgb = [255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    expect(decodeBmp(bmp24(3, 2, rgb))).toEqual({ width: 3, height: 2, channels: 3, data: Uint8Array.from(rgb) })
  })
  test('a negative height means top row first', () => {
    expect(decodeBmp(bmp({ width: 1, height: -2, bits: 24 }, [], [3, 2, 1, 0, 6, 5, 4, 0]))).toEqual({ width: 1, height: 2, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) })
  })
  test('8 bits with a grey palette gives one channel', () => {
    expect(decodeBmp(bmp({ width: 2, height: 1, bits: 8, used: 2 }, [0, 0, 0, 0, 200, 200, 200, 0], [1, 0, 0, 0]))).toEqual({ width: 2, height: 1, channels: 1, data: Uint8Array.of(200, 0) })
  })
  test('4 and 1 bits read the high end first', () => {
    const palette = [0, 0, 0, 0, 10, 20, 30, 0]
    expect(decodeBmp(bmp({ width: 3, height: 1, bits: 4, used: 2 }, palette, [0x10, 0x10, 0, 0])).data).toEqual(Uint8Array.of(30, 20, 10, 0, 0, 0, 30, 20, 10))
    expect(decodeBmp(bmp({ width: 3, height: 1, bits: 1 }, palette, [0b10100000, 0, 0, 0])).data).toEqual(Uint8Array.of(30, 20, 10, 0, 0, 0, 30, 20, 10))
  })
  test('16 bits without masks is 5-5-5', () => {
    expect(decodeBmp(bmp({ width: 2, height: 1, bits: 16 }, [], [0x00, 0x7c, 0x1f, 0x00])).data).toEqual(Uint8Array.of(255, 0, 0, 0, 0, 255))
  })
  test('32-bit fields: alpha over white', () => {
    const masks = [...le32(0xff0000), ...le32(0xff00), ...le32(0xff), ...le32(0xff000000)]
    const image = bmp({ width: 2, height: 1, bits: 32, compression: 6 }, masks, [...le32(0x00102030), ...le32(0xff102030)])
    expect(decodeBmp(image).data).toEqual(Uint8Array.of(255, 255, 255, 0x10, 0x20, 0x30))
  })
  test('says what it does not read', () => {
    expect(() => decodeBmp(bmp({ width: 1, height: 1, bits: 8, compression: 1 }, [], [0]))).toThrow('run-length compressed BMP is not supported')
    expect(() => decodeBmp(bmp24(4, 4, []).subarray(0, 80))).toThrow('corrupt BMP')
    expect(() => decodeBmp(bmp({ width: 1, height: 1, bits: 8, used: 1 }, [9, 9, 9, 0], [7, 0, 0, 0]))).toThrow('corrupt BMP')
    expect(() => bmpSize(Uint8Array.of(0x42, 0x4d, 0))).toThrow(DecodeError)
  })
  test('mutated files never do worse than a DecodeError', () => {
    const good = bmp({ width: 3, height: 3, bits: 4, used: 2 }, [0, 0, 0, 0, 1, 2, 3, 0], new Array<number>(12).fill(0x11))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(good.length), (edits, cut) => {
        const bad = good.slice(0, good.length - (cut % 20))
        for (const [i, v] of edits) if (i < bad.length && (i < 18 || i > 26)) bad[i] = v
        try {
          decodeBmp(bad)
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
        }
      }),
      { numRuns: 500, seed: 1 },
    )
  })
})
