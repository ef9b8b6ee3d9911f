// Tests of Gelu.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { gelu } from './gelu.ts'

describe('Gelu', () => {
  /** Φ by Simpson's rule on its density. */
  const cdf = (x: number): number => {
    const n = 200
    const f = (t: number): number => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI)
    return 0.5 + (x / n / 3) * Array.from({ length: n + 1 }, (_, i) => f((i * x) / n) * (i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2)).reduce((a, b) => a + b, 0)
  }

  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: (x) => gelu(x), inputs: [{ shape: [3, 4], range: [-3, 3] }], reference: (x) => x.map((v) => v * cdf(v)), batch: [0], second: true, float64: false }))

  it('agrees with its approximation by tanh', () =>
    checkOp({ build: (x) => gelu(x, 'tanh'), inputs: [{ shape: [3, 4], range: [-3, 3] }], reference: (x) => x.map((v) => 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3)))), batch: [0], second: true, float64: false }))
})
