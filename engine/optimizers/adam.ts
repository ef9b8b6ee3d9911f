// Adam: steps scaled by running first and second moments of the gradient.
import { adamScalars, adamStep } from './adam-moments.ts'
import { withL2 } from './decay.ts'
import type { OptimizerDef } from './optimizer.ts'

/** Kingma and Ba, "Adam", ICLR 2015, algorithm 1. β₁ is the recipe's `momentum`, β₂ 0.999, ε 1e-8. Weight decay is L2. */
export const adam: OptimizerDef = {
  title: 'Adam',
  description: 'Adapts the step of every weight to its own gradients; `momentum` is β₁',
  state: ['m', 'v'],
  scalars: ['alpha', 'epsilon'],
  movesMomentum: true,
  at: adamScalars,
  update: (input) => adamStep(input, withL2(input)),
}
