// Clip: limited to lo..hi. The gradient passes inside the limits and on them; outside it goes to the limit.
// https://onnx.ai/onnx/operators/onnx__Clip.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { and } from './and.ts'
import { cast } from './cast.ts'
import { greater } from './greater.ts'
import { greaterOrEqual } from './greater_or_equal.ts'
import { less } from './less.ts'
import { lessOrEqual } from './less_or_equal.ts'
import { mul } from './mul.ts'
import { must, NUMBERS, scalarOf, single, type Operand } from './support/rule.ts'

export const Clip = defineOp({
  name: 'Clip',
  domain: '',
  since: 13,
  inputs: [
    { name: 'input', dtypes: NUMBERS, type: 'T' },
    { name: 'min', dtypes: NUMBERS, type: 'T', optional: true },
    { name: 'max', dtypes: NUMBERS, type: 'T', optional: true },
  ],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: ({ inputs }) => [must(inputs, 0)],
  grad: (ctx) => {
    const [x, g] = [must(ctx.inputs, 0), must(ctx.grads, 0)]
    const [lo, hi] = [ctx.inputs[1] ?? null, ctx.inputs[2] ?? null]
    const above = lo && greaterOrEqual(x, lo)
    const below = hi && lessOrEqual(x, hi)
    const inside = above && below ? and(above, below) : (above ?? below)
    return [
      ctx.needs(0) ? (inside ? mul(g, cast(inside, g.dtype)) : g) : null,
      ctx.needs(1) && lo ? mul(g, cast(less(x, lo), g.dtype)) : null,
      ctx.needs(2) && hi ? mul(g, cast(greater(x, hi), g.dtype)) : null,
    ]
  },
})

/** Limits are scalars; either may be left out. */
export function clip(x: Value, lo: Operand | null = null, hi: Operand | null = null): Value {
  const limit = (v: Operand | null): Value | null => (typeof v === 'number' ? scalarOf(x.graph, x.dtype, v) : v)
  return single(Clip, [x, limit(lo), limit(hi)])
}
