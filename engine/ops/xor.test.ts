// Tests of Xor.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { xor } from './xor.ts'

describe('Xor', () => {
  const a = { shape: [2, 2], dtype: 'bool' as const, values: [0, 0, 1, 1] }
  it('compares element by element', () => checkOp({ build: xor, inputs: [a, { shape: [2, 2], dtype: 'bool', values: [0, 1, 0, 1] }], batch: [0, 1], reference: () => [0, 1, 1, 0] }))
  it('broadcasts', () => checkOp({ build: xor, inputs: [a, { shape: [1], dtype: 'bool', values: [1] }], reference: () => [1, 1, 0, 0] }))
})
