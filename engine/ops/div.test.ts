// Tests of Div.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { div } from './div.ts'

describe('Div', () => {
  it('agrees with its reference and with differences', () => checkOp({ build: div, inputs: [{ shape: [2, 3], range: [-2, 2] }, { shape: [2, 3], range: [0.5, 3] }], second: true, batch: [0, 1], reference: (a, b) => a.map((v, i) => (((p: number, q: number) => p / q))(v, b[i] ?? NaN)) }))

  it.each([
    [[2, 3], [3]],
    [[3], [2, 3]],
    [[2, 1, 4], [3, 1]],
    [[2, 3], []],
    [[1, 1], [2, 2, 2]],
  ])('broadcasts %j with %j', (a, b) => checkOp({ build: div, inputs: [{ shape: a, range: [-2, 2] }, { shape: b, range: [0.5, 3] }] }))

  it('takes numbers', () => checkOp({ build: (x) => div(x, 1.5), inputs: [{ shape: [4], range: [-2, 2], avoid: [1.5] }], batch: [0], reference: (a) => a.map((v) => (((p: number, q: number) => p / q))(v, 1.5)) }))
})
