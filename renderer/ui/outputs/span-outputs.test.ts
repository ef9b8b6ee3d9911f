// Tests of predicted spans beside the true ones.
import { expect, test } from 'vitest'
import { comparedSpans } from './span-outputs.ts'

const TEXT = 'Ada met Bob in Rome'
const span = (start: number, end: number, name: string): { start: number; end: number; class: string } => ({ start, end, class: name })
const output = { kind: 'spans', spans: [{ ...span(0, 3, 'PER'), text: 'Ada', probability: 0.9 }, { ...span(15, 19, 'PER'), text: 'Rome', probability: 0.6 }] }

test('right, missed and too many, in the order of the text', () => {
  const rows = comparedSpans(output, [span(0, 3, 'PER'), span(8, 11, 'PER'), span(15, 19, 'LOC')], TEXT)
  expect(rows.map((r) => [r.text, r.class, r.state, r.probability])).toEqual([['Ada', 'PER', 'right', 0.9], ['Bob', 'PER', 'missed', null], ['Rome', 'PER', 'extra', 0.6], ['Rome', 'LOC', 'missed', null]])
})

test('without a truth nothing is right or wrong', () => {
  expect(comparedSpans(output, null, TEXT).map((r) => r.state)).toEqual(['predicted', 'predicted'])
  expect(comparedSpans([], [], TEXT)).toEqual([])
})
