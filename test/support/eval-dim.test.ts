// Tests of the evaluation of size expressions.
import { describe, expect, it } from 'vitest'
import { evalDim } from './eval-dim.ts'

describe('evalDim', () => {
  it.each([
    ['N', 5],
    ['2*N', 10],
    ['N+3-1', 7],
    ['floor((N+2)/2)+1', 4],
    ['min(N,3)-1', 2],
    ['slice(N,1,-1,2)', 2],
    ['slice(N,-1,-2147483648,-2)', 3],
    ['(2*N)/(5)', 2],
    ['N-7', 0],
  ])('%s', (expression, value) => {
    expect(evalDim(expression, { N: 5 })).toBe(value)
  })

  it.each(['M', 'N+', '(N', 'N)', ''])('refuses %j', (expression) => {
    expect(() => evalDim(expression, { N: 5 })).toThrow()
  })
})
