// Tests of BitwiseXor.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { bitwiseXor } from './bitwise_xor.ts'

describe('BitwiseXor', () => {
  const a = [12, -7, 0, 5, 1023, -1]
  const b = [10, 3, 9, -5, 512, 77]

  it.each(['int32', 'int64', 'int16'] as const)('combines the bits of %s', (dtype) =>
    checkOp({ build: bitwiseXor, inputs: [{ shape: [2, 3], dtype, values: a }, { shape: [2, 3], dtype, values: b }], batch: [0, 1], reference: (x, y) => x.map((p, i) => ((q: number) => p ^ q)(y[i] ?? NaN)) }))

  it('broadcasts and takes numbers', () => checkOp({ build: (x, y) => [bitwiseXor(x, y), bitwiseXor(x, 6)], inputs: [{ shape: [2, 3], dtype: 'int32', values: a }, { shape: [3], dtype: 'int32', values: [1, 2, 4] }], reference: (x, y) => [x.map((p, i) => ((q: number) => p ^ q)(y[i % 3] ?? NaN)), x.map((p) => ((q: number) => p ^ q)(6))] }))
})
