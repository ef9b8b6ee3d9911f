// PRelu: x where positive, else slope·x; the slope is learned and broadcasts to x.
// https://onnx.ai/onnx/operators/onnx__PRelu.html (opset 16); He et al., "Delving Deep into Rectifiers", 2015.
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { sameShape } from '../graph/types.ts'
import { less } from './less.ts'
import { mul } from './mul.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { broadcast, text } from './support/shape.ts'
import { where } from './where.ts'

const dtypes = [...FLOATS, 'int64', 'int32'] as const

export const PRelu = defineOp({
  name: 'PRelu',
  domain: '',
  since: 16,
  inputs: [
    { name: 'X', dtypes, type: 'T' },
    { name: 'slope', dtypes, type: 'T' },
  ],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: ({ op, inputs }) => {
    const [x, slope] = [must(inputs, 0), must(inputs, 1)]
    if (!sameShape(broadcast(op, x.shape, slope.shape), x.shape)) throw new GraphError(`PRelu: a slope of ${text(slope.shape)} does not broadcast to ${text(x.shape)}`)
    return [x]
  },
  grad: (ctx) => {
    const [x, slope, g] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.grads, 0)]
    const below = less(x, 0)
    return [ctx.needs(0) ? where(below, mul(g, slope), g) : null, ctx.needs(1) ? where(below, mul(g, x), 0) : null]
  },
})

/** For one slope a channel of x [N, C, …] give it the shape [C, 1, …]. */
export function prelu(x: Value, slope: Value): Value {
  return single(PRelu, [x, slope])
}
