// InstanceNormalization: standard scores of each channel of each sample over its spatial axes, scaled and shifted.
// https://onnx.ai/onnx/operators/onnx__InstanceNormalization.html (opset 6); Ulyanov et al. 2016, https://arxiv.org/abs/1607.08022
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { mul } from './mul.ts'
import { reduceSum } from './reduce_sum.ts'
import { butChannel, channels, standardise, standardiseGrad } from './support/normalize.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { rankAtLeast, text } from './support/shape.ts'

const attributes = z.strictObject({ epsilon: z.number().default(1e-5) })

export const InstanceNormalization = defineOp<z.infer<typeof attributes>>({
  name: 'InstanceNormalization',
  domain: '',
  since: 6,
  inputs: [
    { name: 'input', dtypes: FLOATS, type: 'T' },
    { name: 'scale', dtypes: FLOATS, type: 'T' },
    { name: 'B', dtypes: FLOATS, type: 'T' },
  ],
  outputs: [1, 1],
  attributes,
  floats: ['epsilon'],
  infer: ({ op, inputs }) => {
    const shape = rankAtLeast(op, 'the input', inputs[0], 3)
    for (const [i, what] of ['scale', 'B'].entries()) {
      const found = must(inputs, i + 1).shape
      if (text(found) !== text([must(shape, 1)])) throw new GraphError(`InstanceNormalization: ${what} ${text(found)}, expected ${text([must(shape, 1)])} for input ${text(shape)}`)
    }
    return [{ dtype: must(inputs, 0).dtype, shape }]
  },
  grad: (ctx) => {
    const [x, scale, g] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.grads, 0)]
    const rank = x.shape.length
    const axes = x.shape.map((_, i) => i).slice(2)
    const scores = standardise(x, axes, ctx.attrs.epsilon)
    return [
      ctx.needs(0) ? standardiseGrad(mul(g, channels(scale, rank)), scores, axes) : null,
      ctx.needs(1) ? reduceSum(mul(g, scores.xhat), butChannel(rank)) : null,
      ctx.needs(2) ? reduceSum(g, butChannel(rank)) : null,
    ]
  },
})

/** x [N, C, …], scale and bias [C]. */
export function instanceNormalization(x: Value, scale: Value, bias: Value, epsilon = 1e-5): Value {
  return single(InstanceNormalization, [x, scale, bias], { epsilon })
}
