// Maker of operators on any number of broadcast tensors of one element type.
import { z } from 'zod'
import type { Value } from '../../graph/graph.ts'
import { defineOp, type OpDef } from '../../graph/op.ts'
import type { DType } from '../../graph/types.ts'
import { first, must } from './rule.ts'
import { broadcast } from './shape.ts'

/** `share` is what each input gets of the gradient; the sweep sums it over broadcast axes. */
export function variadic(name: string, since: number, share: (g: Value, count: number) => Value, dtypes: readonly DType[]): OpDef {
  return defineOp({
    name,
    domain: '',
    since,
    inputs: [{ name: 'data_0', dtypes, type: 'T', variadic: true }],
    outputs: [1, 1],
    attributes: z.strictObject({}),
    infer: (ctx) => [{ dtype: first(ctx).dtype, shape: ctx.inputs.map((_, i) => must(ctx.inputs, i).shape).reduce((a, b) => broadcast(name, a, b)) }],
    grad: (ctx) => {
      const g = share(must(ctx.grads, 0), ctx.inputs.length)
      return ctx.inputs.map((_, i) => (ctx.needs(i) ? g : null))
    },
  })
}
