// Operators whose gradient needs inner values of their own: the rule computes them again in parts, and the parts then do the operator's work too.
import type { Value } from '../../graph/graph.ts'
import type { GradContext } from '../../graph/op.ts'
import type { Attributes } from '../../graph/types.ts'
import { must } from './rule.ts'

/** Lets `values`, made of the inputs of the node alone, stand for its outputs. */
export function computedAgain<A extends Attributes>({ graph, node, inputs, outputs }: GradContext<A>, values: readonly Value[]): void {
  // Where a checkpoint has a segment computed again, its inputs wait for gradients: the first pass must not read them.
  if (inputs.some((v, i) => v !== node.inputs[i])) return
  outputs.forEach((value, i) => {
    if (!graph.bound.has(value)) graph.replace(value, must(values, i))
  })
}
