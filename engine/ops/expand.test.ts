// Tests of Expand.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { expand, expandTo } from './expand.ts'

describe('Expand', () => {
  it('repeats', () => checkOp({ build: (x) => expand(x, [2, 3]), inputs: [{ shape: [2, 1] }], reference: (x) => x.flatMap((v) => [v, v, v]) }))
  it('adds axes', () => checkOp({ build: (x) => expand(x, [2, 2, 3]), inputs: [{ shape: [3] }] }))
  it('follows a symbolic batch', () => checkOp({ build: (x, y) => expandTo(x, y), inputs: [{ shape: [2] }, { shape: [3, 2] }], batch: [1], reference: (x) => [...x, ...x, ...x], wrt: [0] }))
})
