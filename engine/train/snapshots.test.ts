// When snapshots are taken, and recipes that cannot take them.
import { expect, test } from 'vitest'
import { checkSnapshots, snapshotAt } from './snapshots.ts'

test('at the ends of equal stretches, the last at the end of the run', () => {
  const at = (epochs: number, snapshots: number): number[][] => Array.from({ length: epochs }, (_, e) => [e + 1, snapshotAt({ epochs, snapshots }, e + 1) ?? 0]).filter(([, number]) => number! > 0)
  expect(at(6, 3)).toEqual([[2, 1], [4, 2], [6, 3]])
  expect(at(7, 3)).toEqual([[2, 1], [4, 2], [7, 3]])
  expect(at(3, 0)).toEqual([])
  expect(at(2, 2)).toEqual([[1, 1], [2, 2]])
})

test('too few epochs and early stopping are refused', () => {
  expect(() => { checkSnapshots({ epochs: 2, snapshots: 3, earlyStopping: null }) }).toThrow('3 snapshots need at least as many epochs')
  expect(() => { checkSnapshots({ epochs: 6, snapshots: 3, earlyStopping: { monitor: 'val/loss', patience: 1, minDelta: 0 } }) }).toThrow('turn it off')
  expect(() => { checkSnapshots({ epochs: 6, snapshots: 3, earlyStopping: null }) }).not.toThrow()
})
