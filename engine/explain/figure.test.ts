// Figures: colours at the ends and the middle, layout, a PNG that can be read.
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { encodePng } from '../data/png.ts'
import { blueWhiteRed, scaleOf, viridis } from './colour.ts'
import { explanationFigure } from './figure.ts'
import { drawText, textWidth } from './glyphs.ts'
import { explanationPng } from './render.ts'

describe('colour maps', () => {
  test('have their published ends and middle, and clamp', () => {
    expect([viridis(0), viridis(0.5), viridis(1), viridis(9)]).toEqual([[0x44, 0x01, 0x54], [0x21, 0x90, 0x8c], [0xfd, 0xe7, 0x25], [0xfd, 0xe7, 0x25]])
    expect([blueWhiteRed(-1), blueWhiteRed(0), blueWhiteRed(1)]).toEqual([[0x21, 0x66, 0xac], [0xf7, 0xf7, 0xf7], [0xb2, 0x18, 0x2b]])
  })
  test('scales: signed ones are symmetric, an empty map has one too', () => {
    expect(scaleOf(Float32Array.of(-2, 1), true)).toMatchObject({ low: -2, high: 2 })
    expect(scaleOf(Float32Array.of(0, 4), false)).toMatchObject({ low: 0, high: 4 })
    expect(scaleOf(new Float32Array(2), false)).toMatchObject({ low: 0, high: 1 })
  })
})

describe('figure', () => {
  const sample = { width: 2, height: 1, channels: 1 as const, data: Uint8Array.of(0, 200) }
  const shown = { map: Float32Array.of(-1, 1), height: 1, width: 2, signed: true }
  const figure = explanationFigure(sample, shown)
  const at = (x: number, y: number): number[] => [...figure.data.subarray((y * figure.width + x) * 4, (y * figure.width + x) * 4 + 4)]
  test('sample, map and overlay stand side by side', () => {
    expect(figure.height).toBe(128 + 24)
    const [left, right] = [12 + 10, 12 + 200]
    const step = 256 + 12
    expect([at(left, 60), at(right, 60)]).toEqual([[0, 0, 0, 255], [200, 200, 200, 255]])
    expect([at(left + step, 60), at(right + step, 60)]).toEqual([[0x21, 0x66, 0xac, 255], [0xb2, 0x18, 0x2b, 255]])
    expect(at(right + 2 * step, 60)).toEqual([Math.round(0xb2 * 0.6 + 80), Math.round(0x18 * 0.6 + 80), Math.round(0x2b * 0.6 + 80), 255])
  })
  test('the scale runs from its highest value down', () => {
    const bar = 12 + 3 * 268 + 5
    expect([at(bar, 12), at(bar, 12 + 127)]).toEqual([[0xb2, 0x18, 0x2b, 255], [0x21, 0x66, 0xac, 255]])
  })
  test('becomes a PNG of that size', async () => {
    const explanation = { ...shown, id: null, kind: 'image' as const, labels: null, method: 'm', target: { index: 0, class: 'a', probability: 1 }, completenessGap: null, trust: { verdict: 'pass' as const, reasons: [] } }
    const meta = await sharp(await explanationPng(encodePng(sample), explanation)).metadata()
    expect([meta.format, meta.width, meta.height, meta.channels]).toEqual(['png', figure.width, figure.height, 3])
  })
})

test('glyphs: text is drawn in dots', () => {
  const rows = Array.from({ length: 5 }, () => new Array<string>(textWidth('-1')).fill('.'))
  drawText('-1', (column, row) => {
    rows[row]![column] = '#'
  })
  expect(rows.map((r) => r.join(''))).toEqual(['.....#.', '....##.', '###..#.', '.....#.', '....###'])
})
