// Tests of Equal.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { equal } from './equal.ts'

describe('Equal', () => {
  it('compares element by element', () => checkOp({ build: equal, inputs: [{ shape: [2, 2], values: [1, 2, 3, 4] }, { shape: [2, 2], values: [1, 3, 2, 4] }], wrt: [], batch: [0, 1], reference: (a, b) => a.map((v, i) => Number(((p: number, q: number) => p === q)(v, b[i] ?? NaN))) }))

  it('broadcasts', () => checkOp({ build: equal, inputs: [{ shape: [2, 2], values: [1, 2, 3, 4] }, { shape: [1], values: [2] }], wrt: [], reference: (a, b) => a.map((v) => Number(((p: number, q: number) => p === q)(v, b[0] ?? NaN))) }))
})
