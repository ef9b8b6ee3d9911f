// Maker of reductions over axes given as an input (opset 13 for ReduceSum, 18 for the rest).
import { z } from 'zod'
import { GraphError } from '../../graph/errors.ts'
import type { Value } from '../../graph/graph.ts'
import { defineOp, type OpDef } from '../../graph/op.ts'
import type { Dim, DType, Shape } from '../../graph/types.ts'
import { first, intsOr, must, NUMBERS, single } from './rule.ts'
import { axesOf, unknownAxes } from './shape.ts'

const attributes = z.strictObject({ keepdims: z.literal([0, 1]).default(1), noop_with_empty_axes: z.literal([0, 1]).default(0) })

/** `g` and `y()`, the output, have the reduced shape with axes kept as 1. */
export type ReduceGrad = (g: Value, x: Value, axes: readonly number[], y: () => Value) => Value

/** Reduced shape. */
export function reduced(shape: Shape, axes: readonly number[], keepdims: boolean): Dim[] {
  return keepdims ? shape.map((d, i) => (axes.includes(i) ? 1 : d)) : shape.filter((_, i) => !axes.includes(i))
}

export function reduction(name: string, since: number, grad: ReduceGrad, unsqueeze: (v: Value, axes: readonly number[]) => Value, dtypes: readonly DType[] = NUMBERS): OpDef {
  return defineOp<z.infer<typeof attributes>>({
    name,
    domain: '',
    since,
    inputs: [
      { name: 'data', dtypes },
      { name: 'axes', dtypes: ['int64'], optional: true },
    ],
    outputs: [1, 1],
    attributes,
    infer: (ctx) => {
      const { dtype, shape } = first(ctx)
      const given = ctx.inputs[1] ? intsOr(ctx, 1, null) : []
      if (!given) return [{ dtype, shape: ctx.attrs.keepdims === 1 ? shape.map((_, i) => ctx.free(i)) : unknownAxes(ctx, shape, -1) }]
      const axes = axesOf(ctx.op, given, shape.length)
      if (axes.length === 0 && ctx.attrs.noop_with_empty_axes === 1) return [{ dtype, shape }]
      const over = axes.length > 0 ? axes : shape.map((_, i) => i)
      return [{ dtype, shape: reduced(shape, over, ctx.attrs.keepdims === 1) }]
    },
    grad: (ctx) => {
      const x = must(ctx.inputs, 0)
      const given = ctx.inputs[1]?.data
      const list = given ? axesOf(name, Array.from(given.data as ArrayLike<bigint>, Number), x.shape.length) : []
      if (list.length === 0 && ctx.attrs.noop_with_empty_axes === 1) return [must(ctx.grads, 0), null]
      const axes = list.length > 0 ? list : x.shape.map((_, i) => i)
      const keep = (v: Value): Value => (ctx.attrs.keepdims === 1 ? v : unsqueeze(v, axes))
      return [grad(keep(must(ctx.grads, 0)), x, axes, () => keep(must(ctx.outputs, 0))), null]
    },
  })
}

/** Applies a reduction over `axes` (all where null). An empty list is an error: it would mean all to ONNX. */
export function reduce(op: OpDef, x: Value, axes: readonly number[] | null, keepdims: boolean): Value {
  if (axes?.length === 0) throw new GraphError(`${op.name}: no axes given; pass null to reduce over all`)
  return single(op, [x, axes ? x.graph.ints(axes) : null], { keepdims: keepdims ? 1 : 0 })
}
