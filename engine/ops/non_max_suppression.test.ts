// Tests of NonMaxSuppression.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { nonMaxSuppression } from './non_max_suppression.ts'

// Three places, each with a box and one or two that nearly cover it (the example of the operator's page).
const boxes = { shape: [1, 6, 4], values: [0, 0, 1, 1, 0, 0.1, 1, 1.1, 0, -0.1, 1, 0.9, 0, 10, 1, 11, 0, 10.1, 1, 11.1, 0, 100, 1, 101] }
const scores = { shape: [1, 1, 6], values: [0.9, 0.75, 0.6, 0.95, 0.5, 0.3] }

describe('NonMaxSuppression', () => {
  it('keeps the best of each place', () => checkOp({ build: (b, s) => nonMaxSuppression(b, s, { most: 3, overlap: 0.5 }), inputs: [boxes, scores], wrt: [], dynamic: true, reference: () => [0, 0, 3, 0, 0, 0, 0, 0, 5] }))
  it('drops low scores', () => checkOp({ build: (b, s) => nonMaxSuppression(b, s, { most: 3, overlap: 0.5, least: 0.4 }), inputs: [boxes, scores], wrt: [], dynamic: true, reference: () => [0, 0, 3, 0, 0, 0] }))
  it('keeps no more than asked for, and all that do not overlap too much', () => checkOp({ build: (b, s) => nonMaxSuppression(b, s, { most: 2, overlap: 1 }), inputs: [boxes, scores], wrt: [], dynamic: true, reference: () => [0, 0, 3, 0, 0, 0] }))
  it('takes centres and sizes', () => checkOp({ build: (b, s) => nonMaxSuppression(b, s, { most: 3, overlap: 0.5, centred: true }), inputs: [{ shape: [1, 2, 4], values: [0.5, 0.5, 1, 1, 0.5, 0.6, 1, 1] }, { shape: [1, 1, 2], values: [0.2, 0.8] }], wrt: [], dynamic: true, reference: () => [0, 0, 1] }))
  it('names what does not fit', () => {
    const g = new Graph('t')
    expect(() => nonMaxSuppression(g.input('b', 'float32', ['N', 6, 4]), g.input('s', 'float32', ['N', 2, 5]), { most: 1, overlap: 0.5 })).toThrow('NonMaxSuppression: boxes [N, 6, 4] and scores [N, 2, 5]')
  })
})
