// Shape: the sizes of a tensor as an int64 vector.
// https://onnx.ai/onnx/operators/onnx__Shape.html (opset 15)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { cast } from './cast.ts'
import { gather } from './gather.ts'
import { mul } from './mul.ts'
import { ANY, first, single, type Operand } from './support/rule.ts'
import { size } from './support/shape.ts'

export const Shape = defineOp({
  name: 'Shape',
  domain: '',
  since: 13,
  inputs: [{ name: 'data', dtypes: ANY }],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => [{ dtype: 'int64', shape: [first(ctx).shape.length] }],
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
