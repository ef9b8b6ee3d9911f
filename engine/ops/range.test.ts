// Tests of Range.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Range, range } from './range.ts'
import { Graph } from '../graph/graph.ts'
import { gather } from './gather.ts'
import { shape } from './shape.ts'
import { scalarOf, single } from './support/rule.ts'

describe('Range', () => {
  it.each([[0, 5, 1], [2, 11, 3], [5, -2, -2], [3, 3, 1], [4, 1, 1]])('from %i to %i by %i', (start, limit, delta) => {
    const want: number[] = []
    for (let v = start; delta > 0 ? v < limit : v > limit; v += delta) want.push(v)
    return checkOp({ build: (x) => [range(x.graph, start, limit, delta), x], inputs: [{ shape: [1] }], wrt: [], reference: (x) => [want, x] })
  })

  it('takes fed numbers and gives gradients to start and delta', () =>
    checkOp({ build: (...v) => single(Range, v), inputs: [1, 4.2, 0.7].map((v) => ({ shape: [], values: [v] })), dynamic: true, reference: () => [1, 1.7, 2.4, 3.1, 3.8] }))

  it('counts up to a symbolic size', () => {
    const g = new Graph('t')
    const n = gather(shape(g.input('x', 'float32', ['N', 3])), scalarOf(g, 'int64', 0))
    expect(single(Range, [scalarOf(g, 'int64', 0), n, scalarOf(g, 'int64', 1)]).shape).toEqual(['N'])
    expect(() => range(g, 0, 1, 0)).toThrow('Range: a delta of 0')
  })
})
