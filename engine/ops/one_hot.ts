// OneHot: 1 at the index, 0 elsewhere, along a new axis.
// https://onnx.ai/onnx/operators/onnx__OneHot.html (opset 11)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { DType } from '../graph/types.ts'
import { ANY, intsOr, must, NUMBERS, single, typed } from './support/rule.ts'
import { axisOf, rankAtLeast } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(-1) })

export const OneHot = defineOp<z.infer<typeof attributes>>({
  name: 'OneHot',
  domain: '',
  since: 11,
  inputs: [
    { name: 'indices', dtypes: NUMBERS },
    { name: 'depth', dtypes: NUMBERS },
    { name: 'values', dtypes: ANY },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const shape = rankAtLeast(ctx.op, 'indices', ctx.inputs[0], 1)
    const depth = intsOr(ctx, 1, null)?.[0] ?? ctx.free()
    const axis = axisOf(ctx.op, ctx.attrs.axis, shape.length + 1)
    return [{ dtype: must(ctx.inputs, 2).dtype, shape: [...shape.slice(0, axis), depth, ...shape.slice(axis)] }]
  },
  grad: 'none',
})

/** Indices of int64; one outside 0..depth-1 gives zeros only when it is outside -depth..depth-1. */
export function oneHot(indices: Value, depth: number, axis = -1, dtype: DType = 'float32'): Value {
  const g = indices.graph
  return single(OneHot, [indices, g.ints([depth]), g.constant(typed(dtype, [0, 1]), dtype, [2])], { axis })
}
