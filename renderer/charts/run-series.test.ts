// Tests of the series of runs.
import { expect, test } from 'vitest'
import { runSeries, type RunCurves } from './run-series.ts'

const point = { step: 1, epoch: 1, at: 5, value: 0.5 }
const run = (id: number): RunCurves => ({ id, name: `run ${id}`, colour: `#00000${id}`, startedAt: id * 10, curves: new Map([['train/loss', [{ name: 'train/loss', ...point }]], ['val/loss', [{ name: 'val/loss', ...point }]], ['val/accuracy', []]]) })

test('one run: train dashed and validation solid, in its colour', () => {
  expect(runSeries([run(1)], 'loss').map((s) => [s.label, s.dashed, s.colour, s.origin])).toEqual([['train', true, '#000001', 10], ['validation', false, '#000001', 10]])
  expect(runSeries([run(1)], 'accuracy')).toEqual([])
})

test('several runs are named; ids differ', () => {
  const both = runSeries([run(1), run(2)], 'loss')
  expect(both.map((s) => s.label)).toEqual(['run 1 train', 'run 1 validation', 'run 2 train', 'run 2 validation'])
  expect(new Set(both.map((s) => s.id)).size).toBe(4)
  expect(runSeries([run(1), run(2)], 'loss', ['val']).map((s) => s.label)).toEqual(['run 1', 'run 2'])
})

test('the loss inside epochs and the mean of whole ones make no saw', () => {
  const curve = (...epochs: number[]): RunCurves => ({ ...run(1), curves: new Map([['train/loss', epochs.map((epoch, i) => ({ name: 'train/loss', ...point, step: i, epoch }))]]) })
  const shown = (...epochs: number[]): number[] => runSeries([curve(...epochs)], 'loss')[0]!.points.map((p) => p.epoch)
  expect(shown(0.5, 1, 1.5, 2, 3)).toEqual([0.5, 1.5, 3])
  expect(shown(0.5, 1, 2, 3)).toEqual([1, 2, 3])
  expect(shown(0.5, 1, 2, 3, 3.5)).toEqual([1, 2, 3, 3.5])
  expect(shown(0.25, 0.5)).toEqual([0.25, 0.5])
  expect(shown(1, 2)).toEqual([1, 2])
})
