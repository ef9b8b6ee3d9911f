// Tests of Max.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { max } from './max.ts'

describe('Max', () => {
  it('agrees with its reference and with differences', () => checkOp({ build: max, inputs: [{ shape: [2, 3], range: [-2, 2] }, { shape: [2, 3], range: [-2, 2] }], batch: [0, 1], reference: (a, b) => a.map((v, i) => (((p: number, q: number) => Math.max(p, q)))(v, b[i] ?? NaN)) }))

  it.each([
    [[2, 3], [3]],
    [[3], [2, 3]],
    [[2, 1, 4], [3, 1]],
    [[2, 3], []],
    [[1, 1], [2, 2, 2]],
  ])('broadcasts %j with %j', (a, b) => checkOp({ build: max, inputs: [{ shape: a, range: [-2, 2] }, { shape: b, range: [-2, 2] }] }))

  it('takes numbers', () => checkOp({ build: (x) => max(x, 1.5), inputs: [{ shape: [4], range: [-2, 2], avoid: [1.5] }], batch: [0], reference: (a) => a.map((v) => (((p: number, q: number) => Math.max(p, q)))(v, 1.5)) }))
})
