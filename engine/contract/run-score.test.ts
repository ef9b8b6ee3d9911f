// The number that runs are compared by, and the names of metrics and tasks behind it.
import { expect, test } from 'vitest'
import { tasks } from '../tasks/index.ts'
import { metricName, metricNames } from './metric-names.ts'
import { runScore } from './run-score.ts'
import { isJudged, taskKinds } from './task-kinds.ts'

test('what the task counts, of the best checkpoint; else the loss; else nothing', () => {
  const of = (task: string, metrics: Record<string, number>) => runScore({ config: { task }, metrics })
  expect(of('image-classification', { 'val/accuracy': 0.5, 'best/val/accuracy': 0.7, 'val/loss': 1 })).toEqual({ name: 'accuracy', value: 0.7, rank: 0.7 })
  expect(of('series-forecast', { 'val/loss': 0.25, 'train/loss': 9 })).toEqual({ name: 'loss', value: 0.25, rank: -0.25 })
  expect(of('image-classification', { 'train/loss': 1 })).toBeNull()
})

test('doors and engine say the same of every task', () => {
  expect(Object.keys(taskKinds).sort()).toEqual(Object.keys(tasks).sort())
  for (const [id, { input, label, hits, losses, padding }] of Object.entries(tasks)) {
    expect(taskKinds[id], id).toMatchObject({ input, label, hits, losses })
    expect(taskKinds[id]?.padded === true, id).toBe(padding !== undefined)
  }
})

test('numbers that nothing counts and texts without labels are near or far, all else is right or wrong', () => {
  expect(Object.keys(taskKinds).filter((task) => !isJudged(task))).toEqual(['language-model', 'series-forecast', 'tabular-regression'])
})

test('every metric of every task has its name', () => {
  for (const { metrics, hits } of Object.values(tasks)) for (const name of [...metrics, ...(hits === null ? [] : [hits])]) expect(Object.keys(metricNames), name).toContain(name)
  expect(metricName('test/wer')).toEqual({ label: 'Word error rate', share: true, lowerIsBetter: true })
  expect(metricName('val/other').label).toBe('other')
})
