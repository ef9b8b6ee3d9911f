// Tests of Where.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { where } from './where.ts'

describe('Where', () => {
  const c = { shape: [2, 2], dtype: 'bool' as const, values: [1, 0, 0, 1] }
  it('chooses', () => checkOp({ build: where, inputs: [c, { shape: [2, 2] }, { shape: [2, 2] }], batch: [0, 1, 2], reference: (m, a, b) => m.map((v, i) => (v ? a[i] : b[i]) ?? NaN) }))
  it('broadcasts', () => checkOp({ build: where, inputs: [c, { shape: [2] }, { shape: [3, 1, 1] }] }))
  it('takes a number', () => checkOp({ build: (m, a) => where(m, a, 0), inputs: [c, { shape: [2, 2] }], reference: (m, a) => m.map((v, i) => (v ? (a[i] ?? NaN) : 0)) }))
})
