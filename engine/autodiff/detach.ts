// detach: a value that gradients do not flow through.
import type { Value } from '../graph/graph.ts'
import type { OpDef } from '../graph/op.ts'
import { Identity } from '../ops/identity.ts'
import { single } from '../ops/support/rule.ts'

const Detached: OpDef = { ...Identity, grad: 'none' }

/** `x`, a constant to differentiation: truncated backpropagation, straight-through estimates, running statistics. */
export function detach(x: Value): Value {
  return single(Detached, [x])
}
