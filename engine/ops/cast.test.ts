// Tests of Cast.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { cast } from './cast.ts'

describe('Cast', () => {
  it('goes to integers', () => checkOp({ build: (x) => cast(x, 'int64'), inputs: [{ shape: [2, 2], values: [1.7, -2.2, 0, 3] }], batch: [0], wrt: [], reference: () => [1, -2, 0, 3] }))
  it('comes from bytes', () => checkOp({ build: (x) => cast(x, 'float32'), inputs: [{ shape: [3], dtype: 'uint8', values: [0, 128, 255] }], reference: (x) => x }))
  it('passes the gradient between floating types', () => checkOp({ build: (x) => cast(cast(x, x.dtype === 'float64' ? 'float32' : 'float64'), x.dtype), inputs: [{ shape: [2, 2] }], batch: [0], tolerance: 1e-3 }))
})
