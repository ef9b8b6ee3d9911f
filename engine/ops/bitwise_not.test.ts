// Tests of BitwiseNot.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { bitwiseNot } from './bitwise_not.ts'

describe('BitwiseNot', () => {
  it('turns bits over', () => checkOp({ build: (x) => bitwiseNot(x), inputs: [{ shape: [2, 2], dtype: 'int32', values: [0, -1, 5, -1024] }], batch: [0], reference: (x) => x.map((v) => ~v) }))
  it('turns over unsigned bytes', () => checkOp({ build: (x) => bitwiseNot(x), inputs: [{ shape: [3], dtype: 'uint8', values: [0, 255, 12] }], reference: (x) => x.map((v) => 255 - v) }))
})
