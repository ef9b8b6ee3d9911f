// Tests of Flatten.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { flatten } from './flatten.ts'

describe('Flatten', () => {
  it.each([0, 1, 2, 3, -1])('at axis %i', (axis) => checkOp({ build: (x) => flatten(x, axis), inputs: [{ shape: [2, 3, 4] }], batch: [0], reference: (x) => x }))
})
