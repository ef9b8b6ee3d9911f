// Tests of GatherElements.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { gatherElements } from './gather_elements.ts'

describe('GatherElements', () => {
  it('takes one element an index', () => checkOp({ build: (x, i) => gatherElements(x, i, 1), inputs: [{ shape: [2, 3] }, { shape: [2, 2], dtype: 'int64' as const, values: [2, 2, 0, 1] }], batch: [0, 1], reference: (x) => [x[2], x[2], x[3], x[4]].map((v) => v ?? NaN) }))
})
