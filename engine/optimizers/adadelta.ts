// AdaDelta: steps in the unit of the weights, from running means of squared gradients and of squared steps.
import { add, div, mul, sqrt, sub } from '../ops/build.ts'
import { withL2 } from './decay.ts'
import { scalar, state } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

const EPSILON = 1e-6

/** Zeiler, "ADADELTA: an adaptive learning rate method", 2012, algorithm 1; ρ is the recipe's `momentum`, the learning rate scales the step (1 in the paper). Weight decay is L2. */
export const adadelta: OptimizerDef = {
  title: 'AdaDelta',
  description: 'Finds its own step sizes; wants a learning rate of 1. `momentum` is ρ (0.9 to 0.95)',
  state: ['square_mean', 'step_mean'],
  scalars: ['lr'],
  at: (_t, lr) => [lr],
  update: (input) => {
    const g = withL2(input)
    const rho = input.config.momentum
    const squares = add(mul(state(input, 0), rho), mul(mul(g, g), 1 - rho))
    const step = mul(div(sqrt(add(state(input, 1), EPSILON)), sqrt(add(squares, EPSILON))), g)
    const steps = add(mul(state(input, 1), rho), mul(mul(step, step), 1 - rho))
    return { p: sub(input.p, mul(step, scalar(input, 'lr'))), states: [squares, steps] }
  },
}
