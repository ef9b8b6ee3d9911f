// Tests of SpaceToDepth.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { spaceToDepth } from './space_to_depth.ts'
import { gradients } from '../autodiff/gradients.ts'
import { Graph } from '../graph/graph.ts'
import { depthToSpace } from './depth_to_space.ts'

describe('SpaceToDepth', () => {
  it('moves blocks into channels', () => checkOp({ build: (x) => spaceToDepth(x, 2), inputs: [{ shape: [1, 1, 2, 4] }], batch: [0], reference: (x) => [0, 2, 1, 3, 4, 6, 5, 7].map((i) => x[i] ?? NaN) }))
  it('is undone by DepthToSpace', () => checkOp({ build: (x) => depthToSpace(spaceToDepth(x, 3), 3), inputs: [{ shape: [2, 2, 3, 6] }], batch: [0], reference: (x) => x }))

  it('infers symbolic sizes, those of the gradient too, and refuses what does not fit', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', ['N', 3, '2*H', 'W'])
    const y = spaceToDepth(x, 2)
    expect(y.shape).toEqual(['N', 12, 'H', 'floor((W)/2)'])
    expect(gradients(y, [x])[0]?.shape).toEqual(x.shape)
    expect(() => spaceToDepth(g.input('z', 'float32', [1, 1, 3, 4]), 2)).toThrow('SpaceToDepth: a size of 3 is no multiple')
  })
})
