// Tests of labels in words.
import { expect, test } from 'vitest'
import { labelBrief, labelText } from './label-text.ts'

const nameOf = (id: number): string => ({ 1: 'cat', 2: 'dog' })[id] ?? '?'

test('each kind of label in a few words', () => {
  expect(labelText(null, nameOf)).toBe('not labelled')
  expect(labelText({ kind: 'classes', classes: [1, 2] }, nameOf)).toBe('cat, dog')
  expect(labelText({ kind: 'classes', classes: [] }, nameOf)).toBe('none of the classes')
  expect(labelText({ kind: 'boxes', boxes: [{ class: 1, x: 0, y: 0, width: 1, height: 1 }, { class: 1, x: 2, y: 0, width: 1, height: 1 }] }, nameOf)).toBe('2 boxes: cat')
  expect(labelText({ kind: 'mask', width: 2, height: 1, runs: [[null, 1], [2, 1]] }, nameOf)).toBe('dog')
  expect(labelText({ kind: 'spans', spans: [{ start: 0, end: 3, class: 2 }] }, nameOf)).toBe('1 span: dog')
  expect(labelText({ kind: 'text', text: 'hallo' }, nameOf)).toBe('hallo')
  expect(labelText({ kind: 'number', value: 2.5 }, nameOf)).toBe('2.5')
  expect(labelText({ kind: 'number', value: -1234567.25 }, nameOf)).toBe('−1,234,570')
  expect(labelText({ kind: 'none' }, nameOf)).toBe('needs no label')
})

test('where there is hardly room: counts', () => {
  expect(labelBrief({ kind: 'boxes', boxes: [] }, nameOf)).toBe('0')
  expect(labelBrief({ kind: 'spans', spans: [{ start: 0, end: 3, class: 2 }] }, nameOf)).toBe('1')
  expect(labelBrief({ kind: 'classes', classes: [1] }, nameOf)).toBe('cat')
})
