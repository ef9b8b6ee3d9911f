// Tests of showing metrics with their intervals.
import { expect, test } from 'vitest'
import { metricFacts, numberWithin } from './metric-facts.ts'

test('accuracy first, then by use; each with as many digits as its interval justifies', () => {
  const facts = metricFacts({ metrics: { 'test/loss': 0.12345, 'test/accuracy': 0.978, other: 3 }, intervals: { 'test/accuracy': { low: 0.972, high: 0.984 }, 'test/loss': { low: 0.1, high: 0.15 } } })
  expect(facts.map((f) => f.name)).toEqual(['accuracy', 'loss', 'other'])
  expect(facts[0]?.value.replaceAll('\u202f', ' ')).toBe('97.8 % ± 0.6')
  expect(facts[0]?.range).toBe('95 % interval 97.20 % to 98.40 %')
  expect(facts[1]?.value).toBe('0.123 ± 0.025')
  expect(facts[2]).toMatchObject({ value: '3.00', range: null })
})

test('an interval of no width adds nothing', () => {
  expect(numberWithin(0.5, { low: 0.5, high: 0.5 })).toBe('0.500')
  expect(numberWithin(0.5, undefined)).toBe('0.500')
  expect(numberWithin(12.345, { low: 10, high: 15 })).toBe('12.3 ± 2.5')
})
