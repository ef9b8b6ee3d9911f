// Which digit sets which class.
import { expect, test } from 'vitest'
import { digitKeys, digitsOf } from './digits.ts'

const named = (...names: string[]) => names.map((name) => ({ name }))
const keys = (...names: string[]) => Object.fromEntries([...digitKeys(named(...names))].map(([key, { name }]) => [key, name]))

test('classes take 1…9 and 0 in order; the eleventh has no key', () => {
  expect(keys('cat', 'dog', 'owl')).toEqual({ 1: 'cat', 2: 'dog', 3: 'owl' })
  const many = named(...Array.from('abcdefghijk'))
  expect(digitsOf(many).get(many[9]!)).toBe('0')
  expect(digitsOf(many).has(many[10]!)).toBe(false)
})

test('a class named by a digit has that key, and the rest take what is left', () => {
  expect(keys('0', '1', '7')).toEqual({ 0: '0', 1: '1', 7: '7' })
  expect(keys('other', '1', 'blank', '2')).toEqual({ 1: '1', 2: '2', 3: 'other', 4: 'blank' })
  expect(keys('10', '٣')).toEqual({ 1: '10', 2: '٣' })
})
