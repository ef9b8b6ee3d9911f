// Range: start, start + delta, … up to limit, which is not reached.
// https://onnx.ai/onnx/operators/onnx__Range.html (opset 11). y_i = start + i·delta: gradients sum(g) and sum(g·i).
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { defineOp, type InferContext } from '../graph/op.ts'
import type { Attributes, Dim, DType } from '../graph/types.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { reduceSum } from './reduce_sum.ts'
import { sub } from './sub.ts'
import { must, scalarOf, single } from './support/rule.ts'
import { plus } from './support/shape.ts'

const dtypes = ['float32', 'float64', 'int64', 'int32', 'int16'] as const satisfies readonly DType[]

export const Range = defineOp({
  name: 'Range',
  domain: '',
  since: 11,
  inputs: [
    { name: 'start', dtypes, type: 'T' },
    { name: 'limit', dtypes, type: 'T' },
    { name: 'delta', dtypes, type: 'T' },
  ],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => [{ dtype: must(ctx.inputs, 0).dtype, shape: [count(ctx)] }],
  grad: (ctx) => {
    const [start, delta, y, g] = [must(ctx.inputs, 0), must(ctx.inputs, 2), must(ctx.outputs, 0), must(ctx.grads, 0)]
    return [ctx.needs(0) ? reduceSum(g) : null, null, ctx.needs(2) ? reduceSum(mul(g, div(sub(y, start), delta))) : null]
  },
})

function count(ctx: InferContext<Attributes>): Dim {
  const [start, limit, delta] = [0, 1, 2].map((i) => ctx.dims(i)?.[0])
  if (delta === 0) throw new GraphError('Range: a delta of 0')
  if (typeof start === 'number' && typeof limit === 'number' && typeof delta === 'number') return Math.max(0, Math.ceil((limit - start) / delta))
  return typeof limit === 'string' && typeof start === 'number' && delta === 1 ? plus(limit, -start) : ctx.free()
}

export function range(graph: Graph, start: number, limit: number, delta = 1, dtype: 'float32' | 'float64' | 'int64' | 'int32' | 'int16' = 'int64'): Value {
  return single(Range, [start, limit, delta].map((v) => scalarOf(graph, dtype, v)))
}
