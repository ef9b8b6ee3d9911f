// Tests of Slice.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { END, slice } from './slice.ts'

describe('Slice', () => {
  it.each([
    { starts: [1], ends: [3] },
    { starts: [1, 0], ends: [END, -1], axes: [1, 2] },
    { starts: [0], ends: [END], axes: [2], steps: [2] },
    { starts: [1], ends: [5], axes: [2], steps: [3] },
    { starts: [-1], ends: [-END], axes: [2], steps: [-1] },
    { starts: [-1, 3], ends: [-END, 0], axes: [1, 2], steps: [-1, -2] },
    { starts: [-2], ends: [END], axes: [1] },
  ])('%j', (spec) => checkOp({ build: (x) => slice(x, spec), inputs: [{ shape: [4, 3, 6] }] }))

  it('keeps a symbolic batch', () => checkOp({ build: (x) => slice(x, { starts: [1], ends: [3], axes: [1] }), inputs: [{ shape: [2, 4] }], batch: [0], reference: (x) => [1, 2, 5, 6].map((i) => x[i] ?? NaN) }))
  it('cuts a symbolic batch', () => checkOp({ build: (x) => slice(x, { starts: [1], ends: [END] }), inputs: [{ shape: [3, 2] }], batch: [0], reference: (x) => x.slice(2) }))
})
