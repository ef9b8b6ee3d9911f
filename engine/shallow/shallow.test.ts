// Shallow models against scikit-learn's numbers (test/fixtures/sklearn/shallow.py), and what they learn of data that they have not seen.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import type { Target } from './fitted.ts'
import { shallowModels } from './index.ts'
import { matrix, takeRows, type Matrix } from './matrix.ts'
import { boost } from './models/gradient-boosting.ts'
import { goalOf } from './models/random-forest.ts'
import { predictShallow } from './predict.ts'
import { binned } from './trees/bins.ts'
import { grow } from './trees/grow.ts'

const known = JSON.parse(readFileSync(new URL('../../test/fixtures/sklearn/shallow.json', import.meta.url), 'utf8')) as Record<string, number[]> & { rows: number; columns: number }
const x: Matrix = { rows: known.rows, columns: known.columns, data: Float32Array.from(known['x']!) }
const counts: Matrix = { rows: known.rows, columns: 5, data: Float32Array.from(known['counts']!) }
const two: Target = { kind: 'classes', labels: Int32Array.from(known['two']!), classes: 2 }
const three: Target = { kind: 'classes', labels: Int32Array.from(known['three']!), classes: 3 }
const number: Target = { kind: 'numbers', values: Float64Array.from(known['number']!) }
const options = { seed: 1 }

function expectNear(found: Float32Array, name: string, tolerance: number): void {
  const wanted = known[name]!
  expect(found.length, name).toBe(wanted.length)
  expect(wanted.reduce((most, v, i) => Math.max(most, Math.abs(v - found[i]!)), 0), name).toBeLessThan(tolerance)
}
const first = (target: Target, n: number): Target => (target.kind === 'classes' ? { ...target, labels: target.labels.slice(0, n) } : { ...target, values: target.values.slice(0, n) })
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

test('logistic regression', () => {
  const model = shallowModels['logistic-regression']
  expectNear(predictShallow(model.fit(x, two, { c: 1 }, options), x), 'logistic2', 1e-5)
  expectNear(predictShallow(model.fit(x, three, { c: 1 }, options), x), 'logistic3', 1e-5)
})

test('ridge regression', () => {
  expectNear(predictShallow(shallowModels['linear-regression'].fit(x, number, { alpha: 1 }, options), x), 'ridge', 1e-5)
})

test('naive Bayes', () => {
  expectNear(predictShallow(shallowModels['naive-bayes'].fit(x, three, { smoothing: 1e-6 }, options), x), 'gaussian', 1e-5)
  expectNear(predictShallow(shallowModels['naive-bayes-words'].fit(counts, three, { alpha: 1 }, options), counts), 'multinomial', 1e-5)
})

test('nearest neighbours', () => {
  const model = shallowModels['nearest-neighbours']
  const [train, rest] = [takeRows(x, range(0, 60)), takeRows(x, range(60, 80))]
  // Scaled by the training rows alone here, by all in the fixture: the same after a standardisation of all.
  const all = model.fit(x, three, { k: 5 }, options)
  if (all.kind !== 'neighbours') throw new Error('not neighbours')
  const known60 = (target: Target) => {
    const fitted = model.fit(train, first(target, 60), { k: 5 }, options)
    if (fitted.kind !== 'neighbours') throw new Error('not neighbours')
    return { ...fitted, standard: all.standard, x: takeRows(all.x, range(0, 60)) }
  }
  expectNear(predictShallow(known60(three), rest), 'knnClass', 1e-6)
  expectNear(predictShallow(known60(number), rest), 'knnNumber', 1e-5)
})

test('trees', () => {
  const tree = (target: Target, depth: number) => {
    const ones = new Float64Array(x.rows).fill(1)
    const grown = grow(binned(x), goalOf(target, ones), Int32Array.from(range(0, x.rows)), { depth, leaf: 1, tries: null, lambda: 0 }, new Random(1, 'forest'))
    return predictShallow({ kind: 'trees', link: 'identity', columns: x.columns, base: new Float32Array(grown.outputs), trees: [grown] }, x)
  }
  expectNear(tree(three, 3), 'treeClass', 1e-6)
  expectNear(tree(number, 4), 'treeNumber', 1e-5)
})

test('boosted trees', () => {
  expectNear(predictShallow(boost(x, number, { trees: 20, depth: 3, rate: 0.1, lambda: 0, leaf: 1 }, 1), x), 'boostNumber', 1e-4)
  expectNear(predictShallow(boost(x, two, { trees: 20, depth: 3, rate: 0.1, lambda: 1, leaf: 5 }, 1), x), 'boostTwo', 1e-3)
})

test('forests and boosted trees learn what is no straight line, and give the same for the same seed', () => {
  const random = new Random(3, 'sample')
  const rows = range(0, 600).map(() => [random.uniform() * 2 - 1, random.uniform() * 2 - 1, random.uniform()])
  const labels = Int32Array.from(rows, ([a = 0, b = 0]) => (a * b > 0 ? 1 : 0))
  const all = matrix(rows)
  const [train, rest] = [takeRows(all, range(0, 400)), takeRows(all, range(400, 600))]
  const target: Target = { kind: 'classes', labels: labels.slice(0, 400), classes: 2 }
  const right = (name: keyof typeof shallowModels): number => {
    const model = shallowModels[name]
    const p = predictShallow(model.fit(train, target, model.settings[0] ?? {}, options), rest)
    expect(predictShallow(model.fit(train, target, model.settings[0] ?? {}, options), rest)).toEqual(p)
    return range(0, 200).filter((i) => (p[2 * i + 1]! > 0.5 ? 1 : 0) === labels[400 + i]).length / 200
  }
  expect(right('random-forest')).toBeGreaterThan(0.93)
  expect(right('gradient-boosting')).toBeGreaterThan(0.93)
  expect(right('logistic-regression')).toBeLessThan(0.65)
})

test('a constant column and a class without rows do no harm', () => {
  const rows = range(0, 40).map((i) => [i, 5])
  const target: Target = { kind: 'classes', labels: Int32Array.from(rows, ([v = 0]) => (v < 20 ? 0 : 2)), classes: 3 }
  for (const [name, model] of Object.entries(shallowModels)) {
    if (!(model.targets as readonly string[]).includes('classes')) continue
    const p = predictShallow(model.fit(matrix(rows), target, model.settings[0] ?? {}, options), matrix(rows))
    for (const v of p) expect(Number.isFinite(v), name).toBe(true)
    for (let i = 0; i < 40; i++) expect(p[i * 3]! + p[i * 3 + 1]! + p[i * 3 + 2]!, name).toBeCloseTo(1, 5)
  }
})

test('every file of models/ is in the registry', () => {
  const source = readFileSync(new URL('./index.ts', import.meta.url), 'utf8')
  for (const file of readdirSync(new URL('./models/', import.meta.url))) expect(source).toContain(`./models/${file}`)
})
