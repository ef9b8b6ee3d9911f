// Tests of Split.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { split } from './split.ts'
import { Graph, type Value } from '../graph/graph.ts'

describe('Split', () => {
  it('cuts', () => checkOp({ build: (x) => split(x, [1, 2], 1), inputs: [{ shape: [2, 3] }], batch: [0], reference: (x) => [[x[0], x[3]], [x[1], x[2], x[4], x[5]]].map((part) => part.map((v) => v ?? NaN)) }))
  it('gives zeros to parts nobody uses', () => checkOp({ build: (x) => split(x, [2, 1, 3], 0)[2] as Value, inputs: [{ shape: [6, 2] }], reference: (x) => x.slice(6) }))
  it('refuses sizes that do not add up', () => {
    expect(() => split(new Graph('t').input('x', 'float32', [4]), [1, 2])).toThrow('Split: sizes [1, 2] add up to 3, axis 0 of [4] has 4')
  })
})
