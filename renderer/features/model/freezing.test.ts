// The choice of frozen layers: known by its pattern, and the pattern leaves exactly the head to train.
import { expect, test } from 'vitest'
import { ALL_BUT_HEAD, freezeChoice, freezeOf } from './freezing.ts'

test('each choice is known by what it writes', () => {
  for (const choice of ['none', 'body', 'pattern'] as const) expect(freezeChoice(freezeOf[choice])).toBe(choice)
  expect(freezeChoice('^conv')).toBe('pattern')
})

test('all but the head finds every parameter but those of head', () => {
  expect(['conv1.weight', 'dense1.bias', 'overhead.weight', 'head.weight', 'head.bias'].filter((name) => new RegExp(ALL_BUT_HEAD).test(name))).toEqual(['conv1.weight', 'dense1.bias', 'overhead.weight'])
})
