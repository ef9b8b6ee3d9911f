import { expect, test } from 'vitest'
import { spelled } from './spelled.ts'

const line = (tokens: readonly string[]): string => spelled(tokens).map(({ text, apart }) => (apart ? ' ' : '') + text).join('')

test('words stand apart, parts of words do not', () => {
  expect(line(['[CLS]', 'the', 'soup', 'un', '##eat', '##able', '!'])).toBe('[CLS] the soup uneatable !')
  expect(line(['##x', '##'])).toBe('##x ##')
  expect(line(['good', '', '', '[CLS]', 'bad', ''])).toBe('good [CLS] bad')
  expect(line([])).toBe('')
})

test('tokens with spaces of their own spell the text', () => {
  expect(line(['he', ' d', 'id', ' not', '\n', 'l', 'ook'])).toBe('he did not\nlook')
  expect(line(['a', ' ', 'b'])).toBe('a b')
})
