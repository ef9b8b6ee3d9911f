// Shape: the sizes of a tensor, or of some of its axes, as an int64 vector.
// https://onnx.ai/onnx/operators/onnx__Shape.html (opset 15)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { cast } from './cast.ts'
import { gather } from './gather.ts'
import { mul } from './mul.ts'
import { ANY, first, single, type Operand } from './support/rule.ts'
import { size } from './support/shape.ts'

/** Axes from `start` to before `end`; negative ones count from the last. */
const attributes = z.strictObject({ start: z.int().optional(), end: z.int().optional() })

export const Shape = defineOp<z.infer<typeof attributes>>({
  name: 'Shape',
  domain: '',
  since: 15,
  inputs: [{ name: 'data', dtypes: ANY }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const rank = first(ctx).shape.length
    const at = (axis: number): number => Math.min(Math.max(axis < 0 ? axis + rank : axis, 0), rank)
    return [{ dtype: 'int64', shape: [Math.max(0, at(ctx.attrs.end ?? rank) - at(ctx.attrs.start ?? 0))] }]
  },
  grad: 'none',
})

export function shape(x: Value): Value {
  return single(Shape, [x])
}

/** Number of elements over `axes`: a number, or where a size is symbolic a scalar of x's type. */
export function countOf(x: Value, axes: readonly number[]): Operand {
  const known = size(axes.map((a) => x.shape[a] ?? 1))
  if (typeof known === 'number') return known
  const sizes = shape(x)
  return axes.map((a): Operand => cast(gather(sizes, x.graph.constant(BigInt64Array.of(BigInt(a)), 'int64', [])), x.dtype)).reduce((a, b) => mul(a, b))
}
