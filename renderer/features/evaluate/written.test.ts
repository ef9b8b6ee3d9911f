// What a run wrote: both kinds, and neither.
import { expect, test } from 'vitest'
import { writtenOf } from './written.ts'

test('continuations stand behind their prompt, translations alone', () => {
  expect(writtenOf({ kind: 'continuation', prompt: 'Alice was', text: ' late', next: [{ token: ' ', probability: 0.9 }] })).toEqual({ before: 'Alice was', text: ' late', next: [{ token: ' ', probability: 0.9 }], probability: null })
  expect(writtenOf({ kind: 'translation', source: 'one', text: 'un', probability: 0.5 })).toEqual({ before: '', text: 'un', next: [], probability: 0.5 })
})

test('predictions of other kinds are none', () => {
  expect(writtenOf([{ class: 'a', probability: 1 }])).toBeNull()
  expect(writtenOf({ kind: 'translation' })).toBeNull()
  expect(writtenOf(undefined)).toBeNull()
})
