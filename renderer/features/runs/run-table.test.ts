// Tests of filtering and sorting runs.
import { expect, test } from 'vitest'
import type { RunRecord } from '../../../db/contract/records.ts'
import { parseIds, runPattern, sortRuns, withCurves } from './run-table.ts'

const run = (id: number, name: string, model: string, accuracy: number | null): RunRecord => ({ id, name, status: 'finished', config: { model, seed: id }, metrics: accuracy === null ? {} : { 'best/val/accuracy': accuracy }, epoch: 1, seconds: id, startedAt: id }) as unknown as RunRecord
const runs = [run(1, 'run 1', 'cnn', 0.9), run(2, 'run 2', 'mlp', null), run(3, 'run 10', 'cnn', 0.95)]
const ids = (list: readonly RunRecord[]): number[] => list.map((r) => r.id)

test('a pattern filters by name or model; one that is half typed is taken as text', () => {
  expect(ids(runs.filter(runPattern('^cnn$').matches))).toEqual([1, 3])
  expect(ids(runs.filter(runPattern('run (1|2)$').matches))).toEqual([1, 2])
  expect(runPattern('cnn(').regular).toBe(false)
  expect(ids(runs.filter(runPattern('cnn(').matches))).toEqual([])
  expect(ids(runs.filter(runPattern('').matches))).toEqual([1, 2, 3])
})

test('sorting puts runs without a value last, and reads numbers in names', () => {
  expect(ids(sortRuns(runs, { column: 'best', descending: true }))).toEqual([3, 1, 2])
  expect(ids(sortRuns(runs, { column: 'best', descending: false }))).toEqual([1, 3, 2])
  expect(ids(sortRuns(runs, { column: 'name', descending: false }))).toEqual([1, 2, 3])
})

test('ids in the address', () => {
  expect(parseIds('1,4,4,x,-2')).toEqual([1, 4])
  expect(parseIds(null)).toEqual([])
})

test('a run that trains shows its latest and best so far', () => {
  const points = [0.5, 0.8, 0.7].map((value, i) => ({ name: 'val/accuracy', step: i, epoch: i, at: i, value }))
  expect(withCurves(run(1, 'a', 'cnn', null), new Map([['val/accuracy', points]])).metrics).toEqual({ 'val/accuracy': 0.7, 'best/val/accuracy': 0.8 })
})
