// Moments of each initializer against its formula, and that draws are a function of the seed alone.
import { expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { initializer, initializers } from './index.ts'

const fan = { in: 300, out: 100 }
const draw = (name: keyof typeof initializers, seed = 1): Float32Array => {
  const out = new Float32Array(40_000).fill(7)
  initializers[name].fill(out, fan, new Random(seed, 'init', 3))
  return out
}
const mean = (x: Float32Array): number => x.reduce((a, b) => a + b, 0) / x.length
const variance = (x: Float32Array): number => x.reduce((a, b) => a + b * b, 0) / x.length - mean(x) ** 2

test.each([
  ['he-normal', 2 / 300],
  ['he-uniform', 2 / 300],
  ['xavier-normal', 2 / 400],
  ['xavier-uniform', 2 / 400],
] as const)('%s has mean 0 and its variance', (name, expected) => {
  const x = draw(name)
  expect(Math.abs(mean(x))).toBeLessThan(4 * Math.sqrt(expected / x.length))
  expect(variance(x) / expected).toBeGreaterThan(0.96)
  expect(variance(x) / expected).toBeLessThan(1.04)
})

test.each([
  ['he-uniform', Math.sqrt(6 / 300)],
  ['xavier-uniform', Math.sqrt(6 / 400)],
] as const)('%s stays within its limits and comes near them', (name, limit) => {
  const largest = draw(name).reduce((a, b) => Math.max(a, Math.abs(b)), 0)
  expect(largest).toBeLessThanOrEqual(limit)
  expect(largest).toBeGreaterThan(0.99 * limit)
})

test('zeros overwrites', () => {
  expect(draw('zeros').every((v) => v === 0)).toBe(true)
})

test('the same seed gives the same values, another seed others', () => {
  expect(draw('he-normal', 5)).toEqual(draw('he-normal', 5))
  expect(draw('he-normal', 5)).not.toEqual(draw('he-normal', 6))
})

test('an unknown name is refused', () => {
  expect(() => initializer('magic')).toThrow(/no initializer 'magic'/)
})
