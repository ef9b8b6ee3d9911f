// SGD: p ← p − lr · g.
import { mul, sub } from '../ops/build.ts'
import { withL2 } from './decay.ts'
import { scalar } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

/** Robbins and Monro, "A stochastic approximation method", 1951. Weight decay is L2. */
export const sgd: OptimizerDef = {
  title: 'SGD',
  description: 'Plain stochastic gradient descent',
  state: [],
  scalars: ['lr'],
  at: (_t, lr) => [lr],
  update: (input) => ({ p: sub(input.p, mul(withL2(input), scalar(input, 'lr'))), states: [] }),
}
