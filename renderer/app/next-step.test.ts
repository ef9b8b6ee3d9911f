// nextStep(): each state of a project has its sentence and its way on.
import { expect, test } from 'vitest'
import type { RunStatus } from '../../engine/contract/events.ts'
import { classId, runId } from '../../engine/contract/ids.ts'
import type { SampleCounts } from '../../main/api/contract/samples.ts'
import { nextStep, type StepState } from './next-step.ts'

const counts = (total: number, labelled: readonly number[], split = { train: 0, val: 0, test: 0 }): SampleCounts => ({
  total,
  labelled: labelled.reduce((sum, value) => sum + value, 0),
  byClass: labelled.map((value, index) => ({ class: classId.parse(index + 1), count: value })),
  bySplit: { ...split, none: total - split.train - split.val - split.test },
  suggested: 0,
})
const at = (state: Partial<StepState>): ReturnType<typeof nextStep> => nextStep({ project: '/p.lathe', place: 'settings', counts: counts(300, [120, 120], { train: 240, val: 30, test: 30 }), classes: 2, least: 2, runs: [], ...state })
const goesTo = (state: Partial<StepState>): unknown => (at(state).to as { path: string } | undefined)?.path

test('an empty project asks for data', () => {
  expect(at({ counts: counts(0, []) }).text).toContain('No samples yet')
  expect(goesTo({ counts: counts(0, []) })).toBe('/p/data')
})
test('unlabelled and one-class data ask for labels', () => {
  expect(goesTo({ counts: counts(10, []) })).toBe('/p/label')
  expect(at({ counts: counts(10, [10, 0]) }).text).toContain('one class')
})
test('too few labels say how many more, enough say so and what is left', () => {
  expect(at({ counts: counts(40, [7, 5]) }).text).toBe('12 of 40 labelled: 8 more labels for a first run worth looking at.')
  const enough = at({})
  expect(enough.text).toBe('240 of 300 labelled: enough to train · 60 left.')
  expect(enough.action).toBe('Train')
})
test('no split comes before training', () => {
  expect(at({ counts: counts(300, [150, 150]) }).action).toBe('Split')
})
test('the place where one is gets no button', () => {
  const step = at({ place: 'train' })
  expect(step.action).toBeUndefined()
  expect(step.to).toBeUndefined()
})
test('running, crashed and finished runs', () => {
  const run = (id: number, status: RunStatus, accuracy?: number): StepState['runs'][number] => ({ id: runId.parse(id), status, config: { task: 'image-classification' }, metrics: accuracy === undefined ? {} : { 'best/val/accuracy': accuracy } })
  expect(at({ runs: [run(3, 'running')] }).text).toBe('Run 3 is training.')
  expect(at({ runs: [run(3, 'crashed')] }).action).toBe('Resume')
  expect(at({ runs: [run(1, 'finished', 0.95), run(2, 'finished', 0.978), run(3, 'finished')] }).text).toContain('Best run 2: validation accuracy 97.8')
})
