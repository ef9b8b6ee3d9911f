// Tests of Reshape.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { reshape } from './reshape.ts'
import { Graph } from '../graph/graph.ts'

describe('Reshape', () => {
  it.each([[[6, 4]], [[0, -1]], [[-1]], [[2, 2, -1]], [[0, 0, 2, 2]]])('to %j', (target) => checkOp({ build: (x) => reshape(x, target), inputs: [{ shape: [2, 3, 4] }], reference: (x) => x }))
  it('moves a symbolic batch', () => checkOp({ build: (x) => reshape(x, [-1, 4]), inputs: [{ shape: [2, 3, 4] }], batch: [0], reference: (x) => x }))

  it('infers symbolic sizes', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', ['N', 3, 4])
    expect(reshape(x, [-1, 12]).shape).toEqual(['N', 12])
    expect(reshape(x, [-1, 4]).shape).toEqual(['3*N', 4])
    expect(reshape(x, [0, -1]).shape).toEqual(['N', 12])
    expect(reshape(reshape(x, [-1]), ['N', 3, 4]).shape).toEqual(['N', 3, 4])
  })

  it('refuses what does not fit', () => {
    const x = new Graph('t').input('x', 'float32', [2, 3])
    expect(() => reshape(x, [4, 2])).toThrow('Reshape: [2, 3] has 6 elements, [4, 2] has 8')
    expect(() => reshape(x, [-1, -1])).toThrow('more than one -1')
  })
})
