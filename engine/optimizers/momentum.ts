// SGD with momentum: v ← μ·v + g, p ← p − lr·v.
import { add, mul, sub } from '../ops/build.ts'
import { withL2 } from './decay.ts'
import { scalar, share, state } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

/** Heavy ball in the form of Sutskever et al., "On the importance of initialization and momentum", ICML 2013, with the learning rate outside the velocity. Weight decay is L2. */
export const momentum: OptimizerDef = {
  title: 'Momentum',
  description: 'SGD whose steps keep a share of the step before (`momentum`)',
  state: ['velocity'],
  scalars: ['lr'],
  movesMomentum: true,
  at: (_t, lr) => [lr],
  update: (input) => {
    const velocity = add(mul(state(input, 0), share(input)), withL2(input))
    return { p: sub(input.p, mul(velocity, scalar(input, 'lr'))), states: [velocity] }
  },
}
