// AdaGrad: steps shrink with the sum of all squared gradients so far.
import { add, div, mul, sqrt, sub } from '../ops/build.ts'
import { withL2 } from './decay.ts'
import { scalar, state } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

const EPSILON = 1e-10

/** Duchi, Hazan and Singer, "Adaptive subgradient methods", JMLR 2011: p ← p − lr·g / (√Σg² + ε). Weight decay is L2. */
export const adagrad: OptimizerDef = {
  title: 'AdaGrad',
  description: 'For sparse inputs; steps only ever shrink. Wants a learning rate near 0.01',
  state: ['square_sum'],
  scalars: ['lr'],
  at: (_t, lr) => [lr],
  update: (input) => {
    const g = withL2(input)
    const sum = add(state(input, 0), mul(g, g))
    return { p: sub(input.p, div(mul(g, scalar(input, 'lr')), add(sqrt(sum), EPSILON))), states: [sum] }
  },
}
