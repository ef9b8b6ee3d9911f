// AdamW: Adam with weight decay apart from the gradient.
import { mul, sub } from '../ops/build.ts'
import { adamScalars, adamStep } from './adam-moments.ts'
import { scalar } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

/** Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2: p ← p − lr·λ·p − Adam's step. */
export const adamw: OptimizerDef = {
  title: 'AdamW',
  description: 'Adam with weight decay that does not pass through the moments; `momentum` is β₁',
  state: ['m', 'v'],
  scalars: ['alpha', 'epsilon', 'lr'],
  movesMomentum: true,
  at: (t, lr, config) => [...adamScalars(t, lr, config), lr],
  update: (input) => {
    const p = input.decay ? sub(input.p, mul(mul(input.p, input.decay), scalar(input, 'lr'))) : input.p
    return adamStep({ ...input, p }, input.g)
  },
}
