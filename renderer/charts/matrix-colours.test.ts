// Tests of the confusion matrix's colours.
import { expect, test } from 'vitest'
import { luminance, type Rgb } from './colour-maps.ts'
import { cellColours } from './matrix-colours.ts'

const parse = (css: string): Rgb => {
  const [r = 0, g = 0, b = 0] = css.replace('rgb(', '').replace(')', '').split(' ').map(Number)
  return [r, g, b]
}

test('numbers keep AA contrast on every shade in both themes', () => {
  for (const dark of [false, true]) for (const right of [false, true]) for (let i = 0; i <= 50; i++) {
    const { background, color } = cellColours(i / 50, right, dark)
    const [paper, ink] = [luminance(parse(background)), color === '#fff' ? 1 : 0]
    expect((Math.max(paper, ink) + 0.05) / (Math.min(paper, ink) + 0.05)).toBeGreaterThanOrEqual(4.5)
  }
})

test('one error in a hundred is told from none', () => {
  expect(cellColours(0.01, false, false).background).not.toBe(cellColours(0, false, false).background)
})
