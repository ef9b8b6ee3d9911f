// The floors study: every task and sample has a row, floors are judged on the figures given, the table reads the file.
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { samples } from '../../../engine/samples/index.ts'
import { tasks } from '../../../engine/tasks/index.ts'
import { showFloors } from './floors.ts'
import { appendResult, readResults, type Result } from './results.ts'
import { judge, modelsOf, rows, type Measured } from './rows.ts'

test('every task and every built-in sample has a floor', () => {
  expect(new Set(rows.map((row) => row.task))).toEqual(new Set(Object.keys(tasks)))
  expect(new Set(rows.map((row) => row.sample))).toEqual(new Set([...Object.keys(samples), 'mnist']))
  for (const row of rows) for (const model of row.models ?? []) expect(tasks[row.task].models).toContain(model)
})

test('the default model alone, those a floor names, all, or some', () => {
  const row = (sample: string) => rows.find((one) => one.sample === sample)!
  expect(modelsOf(row('digits'), 'default')).toEqual(['cnn'])
  expect(modelsOf(row('reviews'), 'default')).toEqual(['text-lstm', 'text-transformer'])
  expect(modelsOf(row('shapes-segmentation'), 'all')).toEqual(['u-net', 'fcn'])
  expect(modelsOf(row('digits'), ['mlp', 'fcn'])).toEqual(['mlp'])
})

const measured: Measured = {
  metrics: { accuracy: 0.95, mase: 0.9, naive: 0.8, gain: 0.05 },
  intervals: { gain: { low: -0.01, high: 0.1 } },
  seconds: 250,
  shallow: { bag: { metrics: { accuracy: 0.9 }, intervals: { accuracy: { low: 0.96, high: 0.99 } } } },
}

test('floors are met, or missed', () => {
  const met = (floor: Parameters<typeof judge>[0]): boolean => judge(floor, measured).met
  expect(met({ kind: 'least', metric: 'accuracy', value: 0.95 })).toBe(true)
  expect(met({ kind: 'least', metric: 'accuracy', value: 0.951 })).toBe(false)
  expect(met({ kind: 'most', metric: 'mase', value: 0.9 })).toBe(true)
  expect(met({ kind: 'below', metric: 'mase', than: 'naive' })).toBe(false)
  expect(met({ kind: 'surely-positive', metric: 'gain' })).toBe(false)
  expect(met({ kind: 'above', metric: 'accuracy', model: 'bag', by: 0 })).toBe(true)
  expect(met({ kind: 'above', metric: 'accuracy', model: 'bag', by: 0.1 })).toBe(false)
  expect(met({ kind: 'within', metric: 'accuracy', model: 'bag', lowerIsBetter: false })).toBe(false)
  expect(met({ kind: 'within', metric: 'accuracy', model: 'bag', lowerIsBetter: true })).toBe(true)
  expect(met({ kind: 'seconds', value: 240 })).toBe(false)
  expect(() => judge({ kind: 'least', metric: 'map', value: 1 }, measured)).toThrow("no metric 'map' among accuracy, mase")
})

test('the table has the last result of each run, its seeds together', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lathe-floors-test-'))
  try {
    const file = path.join(folder, 'new', 'floors.jsonl')
    expect(readResults(file).size).toBe(0)
    const result = (seed: number, accuracy: number): Result => ({ task: 'image-classification', sample: 'digits', model: 'cnn', seed, metrics: { accuracy }, intervals: {}, seconds: 5, cpuSeconds: 9, shallow: {}, epochs: 3, weightsHash: '', commit: 'x', date: '2026-01-01' })
    for (const [seed, accuracy] of [[2, 0.991], [1, 0.5], [1, 0.98]] as const) appendResult(file, result(seed, accuracy))
    expect(showFloors(file).split('\n').slice(2)).toEqual(['| image-classification | `digits` | cnn | 1, 2 | accuracy 0.980, 0.991 | ≥ 0.985 | 1 of 2 | 9 s |'])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
