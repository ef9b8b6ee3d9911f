// Metrics against values worked out by hand or by another way.
import { expect, test } from 'vitest'
import { Random } from '../data/random.ts'
import { bootstrap, quantile } from './bootstrap.ts'
import { metrics } from './index.ts'
import { argMaxOf, type Predictions } from './predictions.ts'
import { score } from './score.ts'
import { wilson } from './wilson.ts'

function predictions(rows: readonly (readonly number[])[], labels: readonly number[]): Predictions {
  const classes = rows[0]?.length ?? 0
  const probabilities = Float32Array.from(rows.flat())
  return {
    classes,
    count: rows.length,
    ids: Int32Array.from(labels, (_, i) => i + 1),
    labels: Int32Array.from(labels),
    predicted: Int32Array.from(rows, (_, i) => argMaxOf(probabilities, i * classes, classes)),
    probabilities,
    losses: Float32Array.from(labels, (l, i) => (l < 0 ? NaN : -Math.log(rows[i]![l]!))),
  }
}
const all = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i)
// Labels 0 0 1 1 2; predicted 0 1 1 1 0.
const five = predictions([[0.8, 0.1, 0.1], [0.3, 0.6, 0.1], [0.2, 0.7, 0.1], [0.1, 0.9, 0], [0.5, 0.2, 0.3]], [0, 0, 1, 1, 2])

test('accuracy, loss and macro F1 of five samples', () => {
  expect(metrics.accuracy.compute(five, all(5))).toBeCloseTo(3 / 5, 12)
  expect(metrics.loss.compute(five, all(5))).toBeCloseTo(-(Math.log(0.8) + Math.log(0.3) + Math.log(0.7) + Math.log(0.9) + Math.log(0.3)) / 5, 6)
  // F1: class 0 = 2·1/(2+2), class 1 = 2·2/(2+3), class 2 = 0.
  expect(metrics.f1.compute(five, all(5))).toBeCloseTo((0.5 + 0.8 + 0) / 3, 12)
})

test('confusion matrix and class scores', () => {
  const s = score(five, 1)
  expect(s.confusion).toEqual([[1, 1, 0], [0, 2, 0], [1, 0, 0]])
  expect(s.classes[0]).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, support: 2 })
  expect(s.classes[1]?.precision).toBeCloseTo(2 / 3, 12)
  expect(s.classes[1]?.recall).toBe(1)
  expect(s.classes[2]).toEqual({ precision: 0, recall: 0, f1: 0, support: 1 })
})

test('macro F1 leaves out classes that do not occur', () => {
  expect(metrics.f1.compute(five, Int32Array.of(0, 2, 3))).toBe(1)
})

test('top-k counts labels among the k most probable, and is left out for few classes', () => {
  const rows = [[0.4, 0.3, 0.2, 0.1], [0.4, 0.3, 0.2, 0.1], [0.25, 0.25, 0.25, 0.25]]
  expect(metrics.top3.compute(predictions(rows, [2, 3, 3]), all(3))).toBeCloseTo(1 / 3, 12)
  expect(metrics.top3.compute(predictions(rows, [2, 3, 2]), all(3))).toBeCloseTo(2 / 3, 12)
  expect(Object.keys(score(five, 1).metrics)).not.toContain('top3')
})

test('calibration error: gaps of the bins weighted by their share', () => {
  // One bin (0.6, 0.667]: confidence 0.65, accuracy 1/2; one bin at 1.0: accuracy 1.
  const p = predictions([[0.65, 0.35], [0.65, 0.35], [0, 1], [0, 1]], [0, 1, 1, 1])
  expect(metrics.ece.compute(p, all(4))).toBeCloseTo(0.5 * 0.15, 6)
})

test('Wilson interval against published values', () => {
  // Newcombe, Statistics in Medicine 17, 1998, table I, method 3: 81/263 and 0/20.
  expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4)
  expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4)
  expect(wilson(0, 20).low).toBe(0)
  expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4)
})

test('bootstrap agrees with the normal approximation on a mean, and is a function of the seed', () => {
  const random = new Random(3, 'sample')
  const losses = Float32Array.from({ length: 400 }, () => random.normal() + 5)
  const p: Predictions = { ...predictions(Array.from({ length: 400 }, () => [0.6, 0.4]), new Array<number>(400).fill(0)), losses }
  const mean = losses.reduce((a, b) => a + b, 0) / 400
  const deviation = Math.sqrt(losses.reduce((a, b) => a + (b - mean) ** 2, 0) / 399 / 400)
  const interval = bootstrap({ loss: metrics.loss }, p, all(400), 7)['loss']!
  expect(Math.abs(interval.low - (mean - 1.96 * deviation))).toBeLessThan(0.25 * deviation)
  expect(Math.abs(interval.high - (mean + 1.96 * deviation))).toBeLessThan(0.25 * deviation)
  expect(bootstrap({ loss: metrics.loss }, p, all(400), 7)['loss']).toEqual(interval)
  expect(bootstrap({ loss: metrics.loss }, p, all(400), 8)['loss']).not.toEqual(interval)
})

test('quantile interpolates between order statistics', () => {
  expect(quantile(Float64Array.of(4, 1, 3, 2), 0.5)).toBe(2.5)
  expect(quantile(Float64Array.of(4, 1, 3, 2), 0)).toBe(1)
})

test('score leaves out unlabelled samples and refuses none at all', () => {
  const some = predictions([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]], [0, -1, 1])
  const s = score(some, 1)
  expect(s.samples).toBe(2)
  expect(s.metrics['accuracy']).toBe(0.5)
  expect(s.intervals['accuracy']).toEqual(wilson(1, 2))
  for (const [name, value] of Object.entries(s.metrics)) {
    expect(s.intervals[name]!.low, name).toBeLessThanOrEqual(value + 1e-12)
    expect(s.intervals[name]!.high, name).toBeGreaterThanOrEqual(value - 1e-12)
  }
  expect(() => score(predictions([[1, 0]], [-1]), 1)).toThrow(/none of the 1 samples is labelled/)
})
