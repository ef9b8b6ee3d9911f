// Moments of each initializer against its formula, and that draws are a function of the seed alone.
import { readdirSync } from 'node:fs'
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
  ['lecun-normal', 1 / 300],
  ['lecun-uniform', 1 / 300],
  // Of a normal cut at ±2: 1 − 4·φ(2) / (2Φ(2) − 1).
  ['truncated-normal', 0.02 ** 2 * 0.774],
] as const)('%s has mean 0 and its variance', (name, expected) => {
  const x = draw(name)
  expect(Math.abs(mean(x))).toBeLessThan(4 * Math.sqrt(expected / x.length))
  expect(variance(x) / expected).toBeGreaterThan(0.96)
  expect(variance(x) / expected).toBeLessThan(1.04)
})

test.each([
  ['he-uniform', Math.sqrt(6 / 300)],
  ['xavier-uniform', Math.sqrt(6 / 400)],
  ['lecun-uniform', Math.sqrt(3 / 300)],
  ['truncated-normal', 0.04],
] as const)('%s stays within its limits and comes near them', (name, limit) => {
  const largest = draw(name).reduce((a, b) => Math.max(a, Math.abs(b)), 0)
  expect(largest).toBeLessThanOrEqual(limit)
  expect(largest).toBeGreaterThan(0.99 * limit)
})

test('zeros overwrites', () => {
  expect(draw('zeros').every((v) => v === 0)).toBe(true)
})

test('constant is what it says', () => {
  expect(draw('constant').every((v) => v === 1)).toBe(true)
  const out = new Float32Array(3)
  initializer('constant:-0.25').fill(out, fan, new Random(1, 'init', 0))
  expect(Array.from(out)).toEqual([-0.25, -0.25, -0.25])
  expect(() => initializer('constant:x')).toThrow(/no initializer 'constant:x'/)
})

test.each([[[7, 4]], [[4, 7]], [[5, 5]], [[3, 2, 3, 3]], [[6]]])('orthogonal of shape %j: the shorter side is orthonormal', (shape) => {
  const rows = shape[0]!
  const size = shape.reduce((a, b) => a * b, 1)
  const columns = size / rows
  const out = new Float32Array(size)
  initializers.orthogonal.fill(out, { in: 1, out: 1 }, new Random(4, 'init', 0), shape)
  const vectors = Array.from({ length: Math.min(rows, columns) }, (_, k) => Array.from({ length: Math.max(rows, columns) }, (_unused, i) => (rows <= columns ? out[k * columns + i]! : out[i * columns + k]!)))
  vectors.forEach((a, i) => {
    vectors.forEach((b, j) => { expect(a.reduce((sum, v, k) => sum + v * b[k]!, 0)).toBeCloseTo(i === j ? 1 : 0, 6) })
  })
})

test('every file of the room is in the registry', () => {
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !['index.ts', 'initializer.ts'].includes(f))
  expect(files.map((f) => f.replace('.ts', '')).sort()).toEqual(Object.keys(initializers).sort())
})

test('the same seed gives the same values, another seed others', () => {
  expect(draw('he-normal', 5)).toEqual(draw('he-normal', 5))
  expect(draw('he-normal', 5)).not.toEqual(draw('he-normal', 6))
})

test('an unknown name is refused', () => {
  expect(() => initializer('magic')).toThrow(/no initializer 'magic'/)
})
