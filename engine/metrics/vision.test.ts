// Metrics of multi-label, detection and segmentation against numbers worked out by hand.
import { expect, test } from 'vitest'
import { averagePrecision, interpolatedPrecision } from './average-precision.ts'
import { boundaryF1 } from './boundary-f1.ts'
import { detectionScore, iou, type ScoredBox } from './detection.ts'
import { multilabelScore } from './multilabel.ts'
import { segmentationScore, type SegmentedImage } from './segmentation.ts'

const ranked = (hits: readonly boolean[], scores: readonly number[] = hits.map((_, i) => -i), weights: readonly number[] = hits.map(() => 1)) => ({ count: hits.length, score: (i: number) => scores[i]!, weight: (i: number) => weights[i]!, hit: (i: number) => hits[i]! })

test('average precision: the example of scikit-learn, ties together, weights as repeats', () => {
  expect(averagePrecision(ranked([true, false, true, false]), 2)).toBeCloseTo(0.8333333, 6)
  // All scores equal: one step at the share of positives.
  expect(averagePrecision(ranked([true, false, false, true], [1, 1, 1, 1]), 2)).toBeCloseTo(0.5, 12)
  expect(averagePrecision(ranked([true, false, true], undefined, [2, 0, 1]), 3)).toBeCloseTo(averagePrecision(ranked([true, true, true]), 3), 12)
  expect(averagePrecision(ranked([false]), 0)).toBeNaN()
})

test('interpolated precision: 51 points at 1 and 50 at 2/3', () => {
  expect(interpolatedPrecision(ranked([true, false, true]), 2)).toBeCloseTo((51 + 50 * (2 / 3)) / 101, 12)
  expect(interpolatedPrecision(ranked([false, true]), 1)).toBeCloseTo(0.5, 12)
  expect(interpolatedPrecision(ranked([true]), 2)).toBeCloseTo(51 / 101, 12)
  expect(interpolatedPrecision(ranked([]), 1)).toBe(0)
})

const box = (x: number, y: number, width: number, height: number, kind = 0, score = 1): ScoredBox => ({ class: kind, x, y, width, height, score })

test('IoU of boxes', () => {
  expect(iou(box(0, 0, 10, 10), box(5, 0, 10, 10))).toBeCloseTo(1 / 3, 12)
  expect(iou(box(0, 0, 4, 4), box(4, 0, 4, 4))).toBe(0)
})

test('detection: thresholds, doubles, classes and the mean', () => {
  // IoU 0.8 counts at 0.5 … 0.8, that is seven of ten thresholds.
  const eight = detectionScore([{ truth: [box(0, 0, 10, 10)], found: [box(0, 0, 8, 10, 0, 0.9)] }], 1, 1)
  expect(eight.metrics['map50']).toBeCloseTo(1, 12)
  expect(eight.metrics['map']).toBeCloseTo(0.7, 12)
  // A second box on the same label is a mistake; it comes after, so precision at full recall stays 1.
  const twice = detectionScore([{ truth: [box(0, 0, 10, 10)], found: [box(0, 0, 10, 10, 0, 0.9), box(0, 0, 10, 10, 0, 0.8)] }], 1, 1)
  expect(twice.metrics['map50']).toBeCloseTo(1, 12)
  expect(twice.metrics['precision']).toBe(0.5)
  // A surer wrong one halves it; the class without labels is left out of the mean.
  const wrong = detectionScore([{ truth: [box(0, 0, 10, 10)], found: [box(0, 0, 10, 10, 0, 0.5), box(40, 40, 10, 10, 0, 0.9), box(0, 0, 10, 10, 1, 0.9)] }], 2, 1)
  expect(wrong.metrics['map50']).toBeCloseTo(0.5, 12)
  expect(wrong.classes[0]).toMatchObject({ support: 1, precision: 0.5, recall: 1 })
  expect(wrong.classes[0]?.ap50).toBeCloseTo(0.5, 12)
  expect(wrong.classes[1]?.ap50).toBeUndefined()
})

test('detection: the surest box takes the label it covers best', () => {
  const { metrics } = detectionScore([{ truth: [box(0, 0, 10, 10), box(3, 0, 10, 10)], found: [box(2.5, 0, 10, 10, 0, 0.9), box(0, 0, 10, 10, 0, 0.8)] }], 1, 1)
  expect(metrics['map50']).toBeCloseTo(1, 12)
})

test('detection: intervals hold the value and are narrow where nothing varies', () => {
  const good = { truth: [box(0, 0, 10, 10)], found: [box(0, 0, 10, 10, 0, 0.9)] }
  const missed = { truth: [box(0, 0, 10, 10)], found: [] }
  const { metrics, intervals } = detectionScore([...Array.from({ length: 30 }, () => good), ...Array.from({ length: 10 }, () => missed)], 1, 1)
  const { low, high } = intervals['map50']!
  expect(low).toBeLessThan(metrics['map50']!)
  expect(high).toBeGreaterThan(metrics['map50']!)
  expect(high - low).toBeGreaterThan(0.15)
  expect(detectionScore([good, good], 1, 1).intervals['map50']).toEqual({ low: 1, high: 1 })
})

test('multi-label: mean average precision, micro and macro F1, exact sets', () => {
  const truth = Uint8Array.of(1, 0, 1, 1, 0, 1, 0, 0)
  const probabilities = Float32Array.of(0.9, 0.2, 0.8, 0.4, 0.3, 0.7, 0.6, 0.1)
  const { metrics, classes, intervals } = multilabelScore(truth, probabilities, 2, 1)
  // Class 0: right at 0.9, 0.8; wrong at 0.6. Class 1: right at 0.7, 0.4, of which only the first is said.
  expect(metrics['map']).toBeCloseTo(1, 12)
  expect(metrics['f1-micro']).toBeCloseTo((2 * 3) / (4 + 4), 12)
  expect(metrics['f1-macro']).toBeCloseTo((0.8 + 2 / 3) / 2, 12)
  expect(metrics['exact']).toBe(0.5)
  expect(classes.map((c) => c.support)).toEqual([2, 2])
  expect(intervals['f1-micro']!.low).toBeLessThanOrEqual(0.75)
})

const image = (truth: string[], found: string[]): SegmentedImage => ({ width: truth[0]!.length, height: truth.length, truth: Uint8Array.from(truth.join(''), Number), found: Uint8Array.from(found.join(''), Number) })

test('segmentation: IoU, Dice and pixel accuracy of counts over all pictures', () => {
  const { metrics, classes, confusion, images } = segmentationScore([image(['0011', '0011'], ['0001', '0011']), image(['0000', '0000'], ['0000', '0002'])], 2, 1)
  // Background 11 of 13, class 1: 3 of 4, class 2: 0 of 1.
  expect(metrics['miou']).toBeCloseTo((11 / 13 + 3 / 4 + 0) / 3, 12)
  expect(metrics['dice']).toBeCloseTo((22 / 24 + 6 / 7 + 0) / 3, 12)
  expect(metrics['pixel-accuracy']).toBeCloseTo(14 / 16, 12)
  expect(classes.map((c) => c.iou)).toEqual([0.75, 0])
  expect(confusion[1]).toEqual([1, 3, 0])
  expect(images[0]).toBeCloseTo((4 / 5 + 3 / 4) / 2, 12)
})

test('segmentation: a class that is nowhere does not count', () => {
  expect(segmentationScore([image(['0011'], ['0011'])], 3, 1).metrics['miou']).toBe(1)
})

test('boundary F1: one within a pixel, none beyond, null for empty pictures', () => {
  const square = ['00000000', '00111000', '00111000', '00111000', '00000000', '00000000', '00000000', '00000000']
  const moved = square.map((_, y) => (y === 0 ? '00000000' : square[y - 1]!))
  const far = square.map((row) => `${row.slice(5)}${row.slice(0, 5)}`)
  expect(boundaryF1(image(square, square), 2)).toBe(1)
  expect(boundaryF1(image(square, moved), 2)).toBe(1)
  expect(boundaryF1(image(square, far.map((row) => row.replaceAll('1', '0')).map((row, y) => (y > 5 ? '00000111' : row))), 2)).toBe(0)
  expect(boundaryF1(image(['000', '000'], ['000', '000']), 2)).toBeNull()
})
