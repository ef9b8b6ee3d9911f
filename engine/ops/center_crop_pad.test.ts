// Tests of CenterCropPad.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { centerCropPad } from './center_crop_pad.ts'

describe('CenterCropPad', () => {
  it('cuts and fills up', () => checkOp({ build: (x) => centerCropPad(x, [1, 4]), inputs: [{ shape: [3, 2], values: [1, 2, 3, 4, 5, 6] }], reference: () => [0, 3, 4, 0] }))
  it.each([4, 7])('goes from 5 to %i at one axis', (size) => checkOp({ build: (x) => centerCropPad(x, [size], [1]), inputs: [{ shape: [2, 5] }], batch: [0] }))
  it.each([3, 6])('goes from 8 to %i', (size) => checkOp({ build: (x) => centerCropPad(x, [size]), inputs: [{ shape: [8] }] }))
  it('names what does not fit', () => {
    expect(() => centerCropPad(new Graph('t').input('x', 'float32', [4, 4]), [2])).toThrow('CenterCropPad: sizes [2] for axes [0, 1] of [4, 4]')
  })
})
