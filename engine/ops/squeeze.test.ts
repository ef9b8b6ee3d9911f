// Tests of Squeeze.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { squeeze } from './squeeze.ts'
import { Graph } from '../graph/graph.ts'

describe('Squeeze', () => {
  it.each([[[1]], [[-1]], [[1, 3]]])('axes %j', (axes) => checkOp({ build: (x) => squeeze(x, axes), inputs: [{ shape: [2, 1, 3, 1] }], batch: [0], reference: (x) => x }))
  it('refuses an axis that is not 1', () => {
    expect(() => squeeze(new Graph('t').input('x', 'float32', [2, 3]), [1])).toThrow('Squeeze: axis 1 of [2, 3] is not 1')
  })
})
