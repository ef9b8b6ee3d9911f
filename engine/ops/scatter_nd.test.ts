// Tests of ScatterND.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { scatterND } from './scatter_nd.ts'

describe('ScatterND', () => {
  it('writes', () => checkOp({ build: (x, i, u) => scatterND(x, i, u), inputs: [{ shape: [3, 2] }, { shape: [1, 1], dtype: 'int64' as const, values: [1] }, { shape: [1, 2] }], batch: [0], reference: (x, _i, u) => [x[0], x[1], u[0], u[1], x[4], x[5]].map((v) => v ?? NaN) }))
  it('adds', () => checkOp({ build: (x, i, u) => scatterND(x, i, u, 'add'), inputs: [{ shape: [3, 2] }, { shape: [3, 1], dtype: 'int64' as const, values: [1, 1, 1] }, { shape: [3, 2] }] }))

  it('loses nothing when thousands of updates meet at few rows on two threads', async () => {
    const n = 20_000
    const test = { shape: [3, 4], values: new Array<number>(12).fill(0) }
    await checkOp({
      build: (x, i, u) => scatterND(x, i, u, 'add'),
      inputs: [test, { shape: [n, 1], dtype: 'int64', values: Array.from({ length: n }, (_, k) => k % 3) }, { shape: [n, 4], values: new Array<number>(4 * n).fill(1) }],
      wrt: [],
      reference: () => [6667, 6667, 6667, 6667, 6667, 6667, 6667, 6667, 6666, 6666, 6666, 6666],
    })
  })
})
