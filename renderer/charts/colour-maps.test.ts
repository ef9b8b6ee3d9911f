// Tests of the colour maps.
import { expect, test } from 'vitest'
import { blueWhiteRed, inkOn, luminance, viridis } from './colour-maps.ts'

test('viridis runs from dark violet to yellow and grows brighter all the way', () => {
  expect(viridis(0)).toEqual([0x44, 0x01, 0x54])
  expect(viridis(1)).toEqual([0xfd, 0xe7, 0x25])
  for (let i = 1; i <= 100; i++) expect(luminance(viridis(i / 100))).toBeGreaterThan(luminance(viridis((i - 1) / 100)))
})

test('the signed map is blue below zero, near white at zero, red above', () => {
  const [low, zero, high] = [blueWhiteRed(-1), blueWhiteRed(0), blueWhiteRed(1)]
  expect(low[2]).toBeGreaterThan(low[0])
  expect(Math.min(...zero)).toBeGreaterThan(240)
  expect(high[0]).toBeGreaterThan(high[2])
})

test('values outside and NaN are clamped', () => {
  expect(viridis(7)).toEqual(viridis(1))
  expect(viridis(NaN)).toEqual(viridis(0))
  expect(blueWhiteRed(-9)).toEqual(blueWhiteRed(-1))
  expect(blueWhiteRed(NaN)).toEqual(blueWhiteRed(0))
})

test('ink reaches AA contrast (4.5:1) on every colour of both maps', () => {
  for (let i = 0; i <= 100; i++) {
    for (const background of [viridis(i / 100), blueWhiteRed(i / 50 - 1)]) {
      const paper = luminance(background)
      const ink = inkOn(background) === '#fff' ? 1 : 0
      expect((Math.max(paper, ink) + 0.05) / (Math.min(paper, ink) + 0.05)).toBeGreaterThanOrEqual(4.5)
    }
  }
})
