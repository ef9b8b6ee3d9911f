// Tests of Not.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { not } from './not.ts'

describe('Not', () => {
  it('negates', () => checkOp({ build: (x) => not(x), inputs: [{ shape: [2, 2], dtype: 'bool', values: [0, 1, 1, 0] }], reference: (x) => x.map((v) => 1 - v), batch: [0] }))
})
