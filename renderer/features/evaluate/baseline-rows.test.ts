// The table of shallow models beside the network: best first whichever way is better, intervals, other runs left out.
import { expect, test } from 'vitest'
import type { BaselineReport } from '../../../engine/contract/commands.ts'
import type { RunId } from '../../../engine/contract/ids.ts'
import { baselineTable } from './baseline-rows.ts'

const model = (name: string, value: number): BaselineReport['models'][number] => ({ name, title: name, note: '', metrics: { 'test/accuracy': value, 'test/f1': value / 2, 'test/loss': 1 }, intervals: { 'test/accuracy': { low: value - 0.1, high: value + 0.1 } }, seconds: 1, exportable: true })
const report: BaselineReport = { split: 'test', metric: 'test/accuracy', lowerIsBetter: false, dataset: 'x', models: [model('trees', 0.8), model('line', 0.9)], deep: { run: 4 as RunId, name: 'cnn 4', metrics: { 'test/accuracy': 0.85, 'test/loss': NaN }, intervals: {} }, difference: null, verdict: '' }

test('the best first, the network among them', () => {
  const table = baselineTable(report, 4 as RunId)
  expect(table.columns.map((c) => c.name)).toEqual(['test/accuracy', 'test/f1', 'test/loss'])
  expect(table.rows.map((row) => row.title)).toEqual(['line', 'cnn 4', 'trees'])
  expect(table.rows[0]!.values[0]).toMatch(/90.*±.*10/)
  expect(table.rows[1]).toMatchObject({ deep: true, seconds: null, values: [expect.stringMatching(/^85/), '–', '–'] })
})

test('of a loss the smallest is first; a table made beside another run has no network', () => {
  const table = baselineTable({ ...report, lowerIsBetter: true }, 5 as RunId)
  expect(table.rows.map((row) => row.title)).toEqual(['trees', 'line'])
})
