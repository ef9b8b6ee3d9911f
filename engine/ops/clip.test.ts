// Tests of Clip.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { clip } from './clip.ts'

describe('Clip', () => {
  it('limits both sides', () => checkOp({ build: (x) => clip(x, -1, 0.5), inputs: [{ shape: [3, 4], avoid: [-1, 0.5] }], batch: [0], reference: (x) => x.map((v) => Math.min(0.5, Math.max(-1, v))) }))
  it('limits one side', async () => {
    await checkOp({ build: (x) => clip(x, 0), inputs: [{ shape: [6], avoid: [0] }], reference: (x) => x.map((v) => Math.max(0, v)) })
    await checkOp({ build: (x) => clip(x, null, 0), inputs: [{ shape: [6], avoid: [0] }], reference: (x) => x.map((v) => Math.min(0, v)) })
  })
  it('sends the gradient outside to the limits', () => checkOp({ build: (x, lo, hi) => clip(x, lo, hi), inputs: [{ shape: [8], avoid: [-1, 1] }, { shape: [], values: [-1] }, { shape: [], values: [1] }] }))
})
