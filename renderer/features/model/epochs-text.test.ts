import { expect, test } from 'vitest'
import { unfreezing } from '../../../engine/contract/recipe.ts'
import { epochsOf, epochsText } from './epochs-text.ts'

test('what is written comes back as it is read', () => {
  expect(epochsOf(' 2, 4;[6] ')).toEqual([2, 4, 6])
  expect(epochsText(epochsOf('2 4 6'))).toBe('2, 4, 6')
  expect(epochsOf('  ')).toBeNull()
  expect(epochsText(null)).toBe('')
})

test('what is no number, and what falls, does not pass the recipe', () => {
  expect(unfreezing.safeParse(epochsOf('2, soon')).success).toBe(false)
  expect(unfreezing.safeParse(epochsOf('4, 2')).success).toBe(false)
})
