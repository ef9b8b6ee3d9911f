// Predicted numbers and ratings beside the truth.
import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import type { SampleRow } from '../../../db/contract/records.ts'
import { outputView } from './index.ts'

const row = (value: number | null, meta: Record<string, string> = {}): SampleRow => ({ label: value === null ? null : { kind: 'number', value }, meta }) as unknown as SampleRow
const shown = (output: { kind: string; [field: string]: unknown }, of: SampleRow): string => mount(outputView(output.kind), { props: { project: '', row: of, output, classes: [] } }).text().replace(/\s+/g, ' ')

test('a number says how far off it is, where the truth is known', () => {
  expect(shown({ kind: 'number', value: 12.5 }, row(10))).toBe('12.5; true 10.0, off by 2.50')
  expect(shown({ kind: 'number', value: 12.5 }, row(null))).toBe('12.5')
})

test('a rating shows stars, place and the best items', () => {
  const text = shown({ kind: 'rating', rating: 3.5, rank: 2, top: [{ item: 'f1', score: 1.5 }, { item: 'f2', score: 1 }] }, row(4, { item: 'f2' }))
  expect(text).toContain('3.50 stars; given 4')
  expect(text).toContain('place 2 among the items')
  expect(text).toContain('f1 1.50')
})
