// Tests of Gather.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { cast } from './cast.ts'
import { gather } from './gather.ts'

describe('Gather', () => {
  it('takes rows, repeated and negative', () => checkOp({ build: (x, i) => gather(x, i), inputs: [{ shape: [3, 2] }, { shape: [2, 2], dtype: 'int64' as const, values: [0, 2, 2, -1] }], batch: [1], reference: (x) => [0, 1, 4, 5, 4, 5, 4, 5].map((i) => x[i] ?? NaN) }))
  it('takes rows by int32, and gives their gradient back', () => checkOp({ build: (x, i) => gather(x, cast(i, 'int32')), inputs: [{ shape: [3, 2] }, { shape: [2], dtype: 'int64' as const, values: [2, 2] }], batch: [1] }))
  it('takes columns', () => checkOp({ build: (x, i) => gather(x, i, 1), inputs: [{ shape: [2, 3, 2] }, { shape: [4], dtype: 'int64' as const, values: [2, 0, 2, 1] }], batch: [0] }))
  it('takes one, without its axis', () => checkOp({ build: (x, i) => gather(x, i, -1), inputs: [{ shape: [2, 3] }, { shape: [], dtype: 'int64' as const, values: [1] }], batch: [0], reference: (x) => [x[1], x[4]].map((v) => v ?? NaN) }))
})
