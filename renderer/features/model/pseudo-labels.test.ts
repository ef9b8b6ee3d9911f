// Suggestions that a run would learn from: sure enough, of the run it begins from, and none of validation or test samples.
import { expect, test } from 'vitest'
import type { SuggestionRecord } from '../../../db/contract/records.ts'
import { classId, runId, sampleId } from '../../../engine/contract/ids.ts'
import { learnable } from './pseudo-labels.ts'

const said = (probability: number, run: number, split: SuggestionRecord['split']): SuggestionRecord => ({ sample: sampleId.parse(1), class: classId.parse(1), run: runId.parse(run), probability, split })
const all = [said(0.99, 1, 'train'), said(0.95, 1, null), said(0.94, 1, 'train'), said(0.99, 1, 'val'), said(0.99, 1, 'test'), said(0.97, 2, null)]

test('at least so sure, and for training', () => {
  expect(learnable(all, 0.95, null)).toBe(3)
  expect(learnable(all, 0.98, null)).toBe(1)
  expect(learnable(all, Number.NaN, null)).toBe(0)
})

test('of the run that the next one begins from', () => {
  expect([learnable(all, 0.9, 1), learnable(all, 0.9, 2), learnable(all, 0.9, 3)]).toEqual([3, 1, 0])
})
