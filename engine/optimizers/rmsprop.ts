// RMSProp: steps scaled by a running mean of squared gradients.
import { add, div, mul, sqrt, sub } from '../ops/build.ts'
import { withL2 } from './decay.ts'
import { scalar, state } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

const EPSILON = 1e-8

/** Tieleman and Hinton, "Lecture 6.5: rmsprop", 2012: v ← ρ·v + (1 − ρ)·g²; p ← p − lr·g / (√v + ε), ρ the recipe's `momentum`. Weight decay is L2. */
export const rmsprop: OptimizerDef = {
  title: 'RMSProp',
  description: 'Scales steps by the recent size of gradients; `momentum` is how long recent is (0.9 to 0.99)',
  state: ['square_mean'],
  scalars: ['lr'],
  at: (_t, lr) => [lr],
  update: (input) => {
    const g = withL2(input)
    const rho = input.config.momentum
    const v = add(mul(state(input, 0), rho), mul(mul(g, g), 1 - rho))
    return { p: sub(input.p, div(mul(g, scalar(input, 'lr')), add(sqrt(v), EPSILON))), states: [v] }
  },
}
