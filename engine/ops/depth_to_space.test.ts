// Tests of DepthToSpace.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { depthToSpace } from './depth_to_space.ts'
import { Graph } from '../graph/graph.ts'

describe('DepthToSpace', () => {
  /** y[c, h·b+i, w·b+j] from x with the channel given by block and c. */
  const moved = (x: number[], c: number, h: number, w: number, b: number, channel: (block: number, c: number) => number): number[] =>
    Array.from({ length: x.length }, (_, e) => {
      const [q, row, col] = [Math.floor(e / (h * b * w * b)), Math.floor(e / (w * b)) % (h * b), e % (w * b)]
      const [n, k] = [Math.floor(q / c), q % c]
      return x[((n * c * b * b + channel((row % b) * b + (col % b), k)) * h + Math.floor(row / b)) * w + Math.floor(col / b)] ?? NaN
    })

  it('moves depth first', () => checkOp({ build: (x) => depthToSpace(x, 2), inputs: [{ shape: [2, 8, 2, 3] }], batch: [0], reference: (x) => moved(x, 2, 2, 3, 2, (block, c) => block * 2 + c) }))
  it('moves columns first', () => checkOp({ build: (x) => depthToSpace(x, 2, 'CRD'), inputs: [{ shape: [2, 8, 2, 3] }], batch: [0], reference: (x) => moved(x, 2, 2, 3, 2, (block, c) => c * 4 + block) }))
  it('moves blocks of 3', () => checkOp({ build: (x) => depthToSpace(x, 3), inputs: [{ shape: [1, 9, 1, 2] }], reference: (x) => moved(x, 1, 1, 2, 3, (block) => block) }))

  it('infers symbolic sizes and refuses what does not fit', () => {
    const g = new Graph('t')
    expect(depthToSpace(g.input('x', 'float32', ['N', 8, 'H', 3]), 2).shape).toEqual(['N', 2, '2*H', 6])
    expect(() => depthToSpace(g.input('y', 'float32', [1, 6, 2, 2]), 2)).toThrow('DepthToSpace: 6 channels are no multiple of 2·2')
  })
})
