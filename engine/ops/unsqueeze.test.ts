// Tests of Unsqueeze.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { unsqueeze } from './unsqueeze.ts'

describe('Unsqueeze', () => {
  it.each([[[0]], [[1]], [[-1]], [[0, 3]]])('axes %j', (axes) => checkOp({ build: (x) => unsqueeze(x, axes), inputs: [{ shape: [2, 3] }], batch: [0], reference: (x) => x }))
})
