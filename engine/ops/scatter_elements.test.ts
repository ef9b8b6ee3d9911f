// Tests of ScatterElements.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { scatterElements } from './scatter_elements.ts'

describe('ScatterElements', () => {
  it('writes', () => checkOp({ build: (x, i, u) => scatterElements(x, i, u, { axis: 1 }), inputs: [{ shape: [2, 3] }, { shape: [2, 1], dtype: 'int64' as const, values: [2, 0] }, { shape: [2, 1] }], batch: [0, 1, 2], reference: (x, _i, u) => [x[0], x[1], u[0], u[1], x[4], x[5]].map((v) => v ?? NaN) }))
  it('adds where an index repeats', () => checkOp({ build: (x, i, u) => scatterElements(x, i, u, { reduction: 'add' }), inputs: [{ shape: [3] }, { shape: [4], dtype: 'int64' as const, values: [1, 1, 1, 0] }, { shape: [4] }], reference: (x, _i, u) => [(x[0] ?? 0) + (u[3] ?? 0), (x[1] ?? 0) + (u[0] ?? 0) + (u[1] ?? 0) + (u[2] ?? 0), x[2] ?? 0] }))
})
