// L2 regularisation: weight decay as part of the gradient, for optimizers that do not decouple it.
import { add, mul } from '../ops/build.ts'
import type { UpdateInput } from './optimizer.ts'
import type { Value } from '../graph/graph.ts'

/** g + decay · p. */
export function withL2({ p, g, decay }: UpdateInput): Value {
  return decay ? add(g, mul(p, decay)) : g
}
