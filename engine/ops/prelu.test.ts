// Tests of PRelu.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { prelu } from './prelu.ts'
import { Graph } from '../graph/graph.ts'

describe('PRelu', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: prelu, inputs: [{ shape: [3, 4], avoid: [0] }, { shape: [4] }], reference: (x, s) => x.map((v, i) => (v > 0 ? v : v * (s[i % 4] ?? NaN))), batch: [0], second: true }))

  it.each([[[2, 3, 2, 2], [3, 1, 1]], [[2, 3], []], [[2, 3], [1]], [[2, 3], [2, 1]]])('x %j, slope %j', (x, slope) => checkOp({ build: prelu, inputs: [{ shape: x, avoid: [0] }, { shape: slope }], batch: slope.length === x.length ? [0, 1] : [0] }))

  it('refuses a slope larger than x', () => {
    const g = new Graph('t')
    expect(() => prelu(g.input('x', 'float32', [3]), g.input('s', 'float32', [2, 3]))).toThrow('PRelu: a slope of [2, 3] does not broadcast to [3]')
  })
})
