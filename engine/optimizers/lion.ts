// Lion: steps of one size in the direction of the signs of an interpolated momentum.
import { add, mul, sign, sub } from '../ops/build.ts'
import { rest, scalar, share, state } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

const BETA2 = 0.99

/** Chen et al., "Symbolic discovery of optimization algorithms", NeurIPS 2023, program 1: p ← p − lr·(sign(β₁·m + (1 − β₁)·g) + λ·p); m ← β₂·m + (1 − β₂)·g. β₁ is the recipe's `momentum`; weight decay is decoupled. */
export const lion: OptimizerDef = {
  title: 'Lion',
  description: 'Steps by sign with one state; wants a learning rate 3 to 10 times below Adam’s. `momentum` is β₁',
  state: ['m'],
  scalars: ['lr'],
  movesMomentum: true,
  at: (_t, lr) => [lr],
  update: (input) => {
    const { p, g, decay } = input
    const beta1 = share(input)
    const m = state(input, 0)
    const direction = sign(add(mul(m, beta1), mul(g, rest(input))))
    const step = decay ? add(direction, mul(p, decay)) : direction
    return { p: sub(p, mul(step, scalar(input, 'lr'))), states: [add(mul(m, BETA2), mul(g, 1 - BETA2))] }
  },
}
