// Tests of Or.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { or } from './or.ts'

describe('Or', () => {
  it('compares element by element', () => checkOp({ build: or, inputs: [{ shape: [2, 2], dtype: 'bool' as const, values: [0, 0, 1, 1] }, { shape: [2, 2], dtype: 'bool' as const, values: [0, 1, 0, 1] }], wrt: [], batch: [0, 1], reference: (a, b) => a.map((v, i) => Number(((p: number, q: number) => p === 1 || q === 1)(v, b[i] ?? NaN))) }))

  it('broadcasts', () => checkOp({ build: or, inputs: [{ shape: [2, 2], dtype: 'bool' as const, values: [0, 0, 1, 1] }, { shape: [1], dtype: 'bool' as const, values: [1] }], wrt: [], reference: (a, b) => a.map((v) => Number(((p: number, q: number) => p === 1 || q === 1)(v, b[0] ?? NaN))) }))
})
