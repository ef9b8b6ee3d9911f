// Makers of element-wise operator definitions: one input, two broadcast inputs, comparison.
import { z } from 'zod'
import type { Value } from '../../graph/graph.ts'
import { defineOp, type Differentiability, type OpDef } from '../../graph/op.ts'
import type { Attributes, DType } from '../../graph/types.ts'
import { FLOATS, must, NUMBERS, unaryRule, type UnaryGrad } from './rule.ts'
import { broadcast } from './shape.ts'

const none = z.strictObject({})
type None = z.infer<typeof none>

/** An operator that maps each element by itself. */
export function unary(name: string, since: number, grad: UnaryGrad<None> | 'none', dtypes: readonly DType[] = FLOATS): OpDef {
  return unaryWith(name, since, none, [], grad === 'none' ? 'none' : unaryRule(grad), dtypes)
}

/** The same with attributes, `floats` of them real numbers. */
export function unaryWith<A extends Attributes>(name: string, since: number, attributes: z.ZodType<A>, floats: readonly string[], grad: Differentiability<A>, dtypes: readonly DType[] = FLOATS): OpDef {
  return defineOp<A>({ name, domain: '', since, inputs: [{ name: 'X', dtypes }], outputs: [1, 1], attributes, floats, infer: ({ inputs }) => [must(inputs, 0)], grad })
}

/** Gradient rule of one side of a two-input operator; the sweep sums it over broadcast axes. */
export type SideGrad = (g: Value, a: Value, b: Value, y: Value) => Value

/** An operator on two broadcast tensors of one element type. */
export function binary(name: string, since: number, left: SideGrad, right: SideGrad, dtypes: readonly DType[] = NUMBERS): OpDef {
  return defineOp<None>({
    name,
    domain: '',
    since,
    inputs: [
      { name: 'A', dtypes, type: 'T' },
      { name: 'B', dtypes, type: 'T' },
    ],
    outputs: [1, 1],
    attributes: none,
    infer: ({ op, inputs }) => [{ dtype: must(inputs, 0).dtype, shape: broadcast(op, must(inputs, 0).shape, must(inputs, 1).shape) }],
    grad: (ctx) => {
      const g = must(ctx.grads, 0)
      const [a, b, y] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.outputs, 0)]
      return [ctx.needs(0) ? left(g, a, b, y) : null, ctx.needs(1) ? right(g, a, b, y) : null]
    },
  })
}

/** Two broadcast tensors to bool: comparisons and logic. The derivative is zero almost everywhere. */
export function predicate(name: string, since: number, dtypes: readonly DType[] = NUMBERS): OpDef {
  return defineOp<None>({
    name,
    domain: '',
    since,
    inputs: [
      { name: 'A', dtypes, type: 'T' },
      { name: 'B', dtypes, type: 'T' },
    ],
    outputs: [1, 1],
    attributes: none,
    infer: ({ op, inputs }) => [{ dtype: 'bool', shape: broadcast(op, must(inputs, 0).shape, must(inputs, 1).shape) }],
    grad: 'none',
  })
}
