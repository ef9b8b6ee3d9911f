// Tests of Dropout.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Dropout, dropout } from './dropout.ts'
import { Graph } from '../graph/graph.ts'
import { apply } from '../graph/op.ts'
import { scalarOf } from './support/rule.ts'

describe('Dropout', () => {
  it('is the identity', () => checkOp({ build: (x) => dropout(x), inputs: [{ shape: [2, 3] }], batch: [0], reference: (x) => x }))
  it('keeps all, a ratio given', () => checkOp({ build: (x) => [...apply(Dropout, [x, scalarOf(x.graph, x.dtype, 0.5), x.graph.constant(Uint8Array.of(0), 'bool', [])])], inputs: [{ shape: [2, 3] }], batch: [0], reference: (x) => [x, x.map(() => 1)] }))

  it('refuses training, constant or fed', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', [2])
    for (const mode of [g.constant(Uint8Array.of(1), 'bool', []), g.input('training', 'bool', [])]) expect(() => apply(Dropout, [x, null, mode])).toThrow('feed a mask as an input')
  })
})
