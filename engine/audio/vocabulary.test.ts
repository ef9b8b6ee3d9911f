// Units of transcripts: words where there are few, characters otherwise, and back.
import { expect, test } from 'vitest'
import { chooseUnits, decodeUnits, encode, stepsNeeded } from './vocabulary.ts'

test('few words said often are told apart as wholes', () => {
  const digits = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 'one two' : 'two  three'))
  const chosen = chooseUnits(digits)
  expect(chosen).toEqual({ units: 'words', vocabulary: ['one', 'three', 'two'] })
  expect(encode('two one four two', chosen)).toEqual([3, 1, 3])
  expect(decodeUnits([3, 1, 3], chosen)).toBe('two one two')
})

test('many words, or words said once, are spelled', () => {
  const chosen = chooseUnits(['a cab', 'bad dad'])
  expect(chosen).toEqual({ units: 'characters', vocabulary: [' ', 'a', 'b', 'c', 'd'] })
  expect(decodeUnits(encode('dad  cab', chosen), chosen)).toBe('dad cab')
  expect(chooseUnits(Array.from({ length: 2000 }, (_, i) => `word${i % 150}`)).units).toBe('characters')
})

test('equal neighbours need a step between them', () => {
  expect(stepsNeeded([1, 1, 2, 2, 2])).toBe(8)
  expect(stepsNeeded([])).toBe(0)
})
