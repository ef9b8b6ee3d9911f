// Tests of Tile.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { tile } from './tile.ts'
import { Graph } from '../graph/graph.ts'

describe('Tile', () => {
  it('repeats a row', () => checkOp({ build: (x) => tile(x, [1, 3]), inputs: [{ shape: [2, 2] }], batch: [0], reference: (x) => [0, 1, 0, 1, 0, 1, 2, 3, 2, 3, 2, 3].map((i) => x[i] ?? NaN) }))
  it('repeats the batch', () => checkOp({ build: (x) => tile(x, [2, 1]), inputs: [{ shape: [2, 3] }], batch: [0], reference: (x) => [...x, ...x] }))
  it.each([[[2, 1, 3]], [[1, 2, 1]], [[2, 2, 2]]])('repeats %j', (repeats) => checkOp({ build: (x) => tile(x, repeats), inputs: [{ shape: [2, 1, 3] }], batch: [0] }))

  it('infers symbolic sizes and refuses what does not fit', () => {
    const x = new Graph('t').input('x', 'float32', ['N', 3])
    expect(tile(x, [2, 2]).shape).toEqual(['2*N', 6])
    expect(() => tile(x, [2])).toThrow('Tile: 1 repeats for [N, 3], expected 2')
  })
})
