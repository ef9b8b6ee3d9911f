// Adamax: Adam with the largest recent gradient in place of the second moment.
import { abs, add, div, max, mul, sub } from '../ops/build.ts'
import { withL2 } from './decay.ts'
import { rest, scalar, share, state } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

const BETA2 = 0.999
const EPSILON = 1e-8

/** Kingma and Ba, "Adam", ICLR 2015, algorithm 2: u ← max(β₂·u, |g| + ε); p ← p − lr / (1 − β₁ᵗ)·m / u. β₁ is the recipe's `momentum`. Weight decay is L2. */
export const adamax: OptimizerDef = {
  title: 'Adamax',
  description: 'Adam by the largest recent gradient, steadier where gradients jump; `momentum` is β₁',
  state: ['m', 'u'],
  scalars: ['alpha'],
  movesMomentum: true,
  at: (t, lr, { momentum: beta1 }) => [lr / (1 - beta1 ** t)],
  update: (input) => {
    const g = withL2(input)
    const beta1 = share(input)
    const m = add(mul(state(input, 0), beta1), mul(g, rest(input)))
    const u = max(mul(state(input, 1), BETA2), add(abs(g), EPSILON))
    return { p: sub(input.p, div(mul(m, scalar(input, 'alpha')), u)), states: [m, u] }
  },
}
