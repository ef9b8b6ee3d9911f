// Tests of predictions in words.
import { expect, test } from 'vitest'
import { outputBrief, outputFields, outputLine, outputMeasured } from './output-fields.ts'

test('class probabilities: the three most probable', () => {
  const output = ['a', 'b', 'c', 'd'].map((name, i) => ({ class: name, probability: 0.4 - i / 10 }))
  expect(outputFields(output).map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(outputLine(output)).toMatch(/^a 40\.0/)
})

test('other outputs: every field but its kind, long ones cut', () => {
  expect(outputFields({ kind: 'text', text: 'hallo', score: 0.5 })).toEqual([{ name: 'text', value: 'hallo' }, { name: 'score', value: '0.500' }])
  expect(outputLine({ kind: 'text', text: 'hallo' })).toBe('hallo')
  expect(outputFields({ kind: 'other', boxes: Array.from({ length: 500 }, (_, i) => i) })[0]?.value).toHaveLength(401)
  expect(outputLine({ kind: 'spans', spans: [{ start: 0, end: 2, class: 'person' }, { start: 4, end: 5, class: 'place' }, { start: 7, end: 9, class: 'person' }] })).toBe('3: person, place')
  expect(outputLine({ kind: 'nothing' })).toBe('')
  expect(outputLine({ kind: 'boxes', boxes: [{ class: 'cat' }, { class: 'dog' }, { class: 'cat' }] })).toBe('3 boxes: cat, dog')
  expect(outputLine({ kind: 'mask', shares: { sea: 0.25 } })).toMatch(/^sea 25/)
  expect(outputLine({ kind: 'classes', classes: [] })).toBe('none of the classes')
  expect(outputLine({ kind: 'forecast', times: [1963, 1964], forecast: [24.06, 30], low: [1, 2], high: [40, 50] })).toBe('24.1')
  expect(outputLine({ kind: 'anomaly', score: 2, threshold: 1, anomaly: true })).toBe('anomaly')
  expect(outputBrief({ kind: 'boxes', boxes: [{ class: 'cat' }, { class: 'dog' }] })).toBe('2')
  expect(outputBrief({ kind: 'text', text: 'hallo' })).toBe('hallo')
})

test('what was measured is named as people name it', () => {
  expect(outputMeasured({ kind: 'language', bits_per_character: 2.094 } as never)).toMatch(/^bits .* 2\.09/)
  expect(outputMeasured([])).toBe('')
})
