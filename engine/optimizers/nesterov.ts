// Nesterov momentum: the gradient's step is taken from where the velocity leads.
import { add, mul, sub } from '../ops/build.ts'
import { withL2 } from './decay.ts'
import { scalar, share, state } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

/** Nesterov, 1983, in the form of Sutskever et al., "On the importance of initialization and momentum", ICML 2013: v ← μ·v + g; p ← p − lr·(g + μ·v). Weight decay is L2. */
export const nesterov: OptimizerDef = {
  title: 'Nesterov',
  description: 'Momentum that looks ahead; `momentum` is the share kept',
  state: ['velocity'],
  scalars: ['lr'],
  movesMomentum: true,
  at: (_t, lr) => [lr],
  update: (input) => {
    const g = withL2(input)
    const mu = share(input)
    const velocity = add(mul(state(input, 0), mu), g)
    return { p: sub(input.p, mul(add(g, mul(velocity, mu)), scalar(input, 'lr'))), states: [velocity] }
  },
}
