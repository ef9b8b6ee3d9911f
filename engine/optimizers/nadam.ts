// NAdam: Adam with Nesterov's look ahead.
import { add, div, mul, sqrt, sub } from '../ops/build.ts'
import { withL2 } from './decay.ts'
import { scalar, state } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

const BETA2 = 0.999
const EPSILON = 1e-8
const MOMENTUM_DECAY = 0.004

/**
 * Dozat, "Incorporating Nesterov momentum into Adam", 2016, with the momentum schedule of its section 2 as PyTorch has it:
 * μ_t = β₁·(1 − ½·0.96^(0.004·t)); p ← p − lr·[(1 − μ_t)·g / (1 − Πμ) + μ_{t+1}·m / (1 − Πμ·μ_{t+1})] / (√v̂ + ε).
 * β₁ is the recipe's `momentum`. Weight decay is L2.
 */
export const nadam: OptimizerDef = {
  title: 'NAdam',
  description: 'Adam that looks ahead; `momentum` is β₁',
  state: ['m', 'v'],
  scalars: ['of_gradient', 'of_moment', 'epsilon'],
  at: (t, lr, { momentum: beta1 }) => {
    const root = Math.sqrt(1 - BETA2 ** t)
    const [now, next] = [mu(beta1, t), mu(beta1, t + 1)]
    const product = productTo(beta1, t)
    return [(root * lr * (1 - now)) / (1 - product), (root * lr * next) / (1 - product * next), root * EPSILON]
  },
  update: (input) => {
    const g = withL2(input)
    const beta1 = input.config.momentum
    const m = add(mul(state(input, 0), beta1), mul(g, 1 - beta1))
    const v = add(mul(state(input, 1), BETA2), mul(mul(g, g), 1 - BETA2))
    const step = div(add(mul(g, scalar(input, 'of_gradient')), mul(m, scalar(input, 'of_moment'))), add(sqrt(v), scalar(input, 'epsilon')))
    return { p: sub(input.p, step), states: [m, v] }
  },
}

const mu = (beta1: number, t: number): number => beta1 * (1 - 0.5 * 0.96 ** (t * MOMENTUM_DECAY))

/** Where the last product stood, so that a run of steps costs one factor each. */
let known = { beta1: 0, t: 0, product: 1 }

/** μ₁·…·μ_t, always multiplied in this order, so that a resumed run gets the same bits. */
function productTo(beta1: number, t: number): number {
  let { t: from, product } = known.beta1 === beta1 && known.t <= t ? known : { t: 0, product: 1 }
  while (from < t) product *= mu(beta1, ++from)
  known = { beta1, t, product }
  return product
}
