// Strategies: what they put first on small cases worked out by hand.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { diversity } from './strategies/diversity.ts'
import { strategies, strategy } from './index.ts'
import { labelErrors } from './label-errors.ts'
import { unsureOf } from './unsure.ts'
import type { Parts, PartStrategy } from './strategy.ts'

const one = (...p: number[]): Parts => ({ data: Float32Array.from(p), width: p.length, fold: 'mean' })
const { uncertainty, margin, entropy } = strategies

test('every file of a strategy is in the registry; an unknown name says what there is', () => {
  const files = readdirSync(path.join(import.meta.dirname, 'strategies')).map((name) => name.replace('.ts', ''))
  expect(Object.keys(strategies).sort()).toEqual(files.sort())
  expect(() => strategy('luck')).toThrow("there is no order 'luck'; there are uncertainty, margin, entropy, diversity")
})

describe('of one part', () => {
  it.each<[string, PartStrategy, number[], number]>([
    ['uncertainty', uncertainty, [0.2, 0.5, 0.3], 0.5],
    ['margin', margin, [0.2, 0.5, 0.3], 0.8],
    ['entropy', entropy, [0.5, 0.5, 0], Math.log(2) / Math.log(3)],
    ['entropy of sure ones', entropy, [0, 1, 0], 0],
  ])('%s', (_name, by, p, score) => {
    expect(unsureOf(one(...p), by)).toBeCloseTo(score, 6)
  })

  it('differs by strategy: two answers alike, or many spread', () => {
    const [twin, spread] = [one(0.48, 0.47, 0.05, 0), one(0.45, 0.2, 0.2, 0.15)]
    expect(unsureOf(twin, margin)).toBeGreaterThan(unsureOf(spread, margin))
    expect(unsureOf(spread, entropy)).toBeGreaterThan(unsureOf(twin, entropy))
    expect(unsureOf(spread, uncertainty)).toBeGreaterThan(unsureOf(twin, uncertainty))
  })
})

test('parts fold to their mean or to the least sure one; without parts nothing is unsure', () => {
  const data = Float32Array.of(0.9, 0.6, 0.2)
  expect(unsureOf({ data, width: 1, fold: 'mean' }, uncertainty)).toBeCloseTo((0.1 + 0.4 + 0.2) / 3, 6)
  expect(unsureOf({ data, width: 1, fold: 'most' }, uncertainty)).toBeCloseTo(0.4, 6)
  expect(unsureOf({ data: new Float32Array(), width: 1, fold: 'most' }, margin)).toBe(0)
})

test('errors of labels: sure of another class by that class’s own measure, the surest first', () => {
  // Class 0 is said at 0.8 and 0.6 of its own rows and at 0.1 of row 3: least 0.5. Class 1: rows 2, 4, 5 with 0.9, 0.3, 0.4: least 0.533.
  const p = Float32Array.of(0.8, 0.2, 0.6, 0.4, 0.1, 0.9, 0.1, 0.9, 0.7, 0.3, 0.6, 0.4)
  const found = labelErrors(p, Int32Array.of(0, 0, 1, 0, 1, 1), 2)
  expect(found.map(({ row, said }) => [row, said])).toEqual([[3, 1], [4, 0], [5, 0]])
  expect(found.map(({ score }) => score)).toEqual([0.8, 0.4, 0.2].map((score) => expect.closeTo(score, 5) as number))
  expect(labelErrors(Float32Array.of(0.51, 0.49, 0.4, 0.6), Int32Array.of(0, 1), 2)).toEqual([])
})

describe('diversity', () => {
  const line = (...x: number[]): { data: Float32Array; width: number } => ({ data: Float32Array.from(x), width: 1 })

  it('takes what is farthest from all that is known or chosen', () => {
    // Known: 0. Farthest is 10; then 4 (4 from 0, 6 from 10), then 6 (2 from 4), then 1.
    expect(diversity.pick(line(1, 4, 6, 10), line(0), 4)).toEqual([{ row: 3, score: 10 }, { row: 1, score: 4 }, { row: 2, score: 2 }, { row: 0, score: 1 }])
  })

  it('begins far from the mean where nothing is known, and never takes a row twice', () => {
    const picked = diversity.pick(line(5, 5, 5, 9), { data: new Float32Array(), width: 1 }, 10)
    expect(picked[0]).toEqual({ row: 3, score: 3 })
    expect(picked.map(({ row }) => row).sort()).toEqual([0, 1, 2, 3])
  })
})
