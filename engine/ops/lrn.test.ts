// Tests of LRN.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { lrn } from './lrn.ts'

/** x [n, c, d], by the definition. */
function direct(x: readonly number[], c: number, d: number, size: number, alpha: number, beta: number, bias: number): number[] {
  return x.map((v, i) => {
    const channel = Math.floor(i / d) % c
    let sum = 0
    for (let k = Math.max(0, channel - Math.floor((size - 1) / 2)); k <= Math.min(c - 1, channel + Math.ceil((size - 1) / 2)); k++) sum += (x[i + (k - channel) * d] ?? NaN) ** 2
    return v / (bias + (alpha / size) * sum) ** beta
  })
}

describe('LRN', () => {
  it.each([3, 5])('sums over %i channels', (size) => checkOp({ build: (x) => lrn(x, { size, alpha: 0.5, beta: 0.7, bias: 2 }), inputs: [{ shape: [2, 5, 2, 2] }], batch: [0], float64: false, reference: (x) => direct(x, 5, 4, size, 0.5, 0.7, 2) }))
  it('has second derivatives', () => checkOp({ build: (x) => lrn(x, { size: 3, alpha: 1 }), inputs: [{ shape: [1, 4, 2, 1] }], float64: false, second: true, tolerance: 2e-2, reference: (x) => direct(x, 4, 2, 3, 1, 0.75, 1) }))
})
