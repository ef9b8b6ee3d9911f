// GroupNormalization: standard scores of each group of channels of each sample, scaled and shifted a channel.
// https://onnx.ai/onnx/operators/onnx__GroupNormalization.html (opset 21); Wu and He 2018, https://arxiv.org/abs/1803.08494
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { mul } from './mul.ts'
import { reduceSum } from './reduce_sum.ts'
import { reshape, reshapeLike } from './reshape.ts'
import { butChannel, channels, standardise, standardiseGrad } from './support/normalize.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { rankAtLeast, text } from './support/shape.ts'
import { known } from './support/window.ts'

const attributes = z.strictObject({ epsilon: z.number().default(1e-5), num_groups: z.int().min(1), stash_type: z.literal(1).default(1) })

export const GroupNormalization = defineOp<z.infer<typeof attributes>>({
  name: 'GroupNormalization',
  domain: '',
  since: 21,
  inputs: [
    { name: 'X', dtypes: FLOATS, type: 'T' },
    { name: 'scale', dtypes: FLOATS, type: 'T' },
    { name: 'bias', dtypes: FLOATS, type: 'T' },
  ],
  outputs: [1, 1],
  attributes,
  floats: ['epsilon'],
  infer: ({ op, inputs, attrs }) => {
    const shape = rankAtLeast(op, 'X', inputs[0], 3)
    const c = known(op, 'the number of channels', shape[1])
    if (c % attrs.num_groups !== 0) throw new GraphError(`GroupNormalization: ${c} channels do not divide into ${attrs.num_groups} groups`)
    for (const [i, what] of ['scale', 'bias'].entries()) {
      const found = must(inputs, i + 1).shape
      if (text(found) !== text([c])) throw new GraphError(`GroupNormalization: ${what} ${text(found)}, expected ${text([c])} for X ${text(shape)}`)
    }
    return [{ dtype: must(inputs, 0).dtype, shape }]
  },
  grad: (ctx) => {
    const [x, scale, g] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.grads, 0)]
    const rank = x.shape.length
    const grouped = (v: Value): Value => reshape(v, [must(x.shape, 0), ctx.attrs.num_groups, -1])
    const scores = standardise(grouped(x), [2], ctx.attrs.epsilon)
    return [
      ctx.needs(0) ? reshapeLike(standardiseGrad(grouped(mul(g, channels(scale, rank))), scores, [2]), x) : null,
      ctx.needs(1) ? reduceSum(mul(g, reshapeLike(scores.xhat, x)), butChannel(rank)) : null,
      ctx.needs(2) ? reduceSum(g, butChannel(rank)) : null,
    ]
  },
})

/** x [N, C, …], scale and bias [C]; C divides into `groups`. */
export function groupNormalization(x: Value, scale: Value, bias: Value, groups: number, epsilon = 1e-5): Value {
  return single(GroupNormalization, [x, scale, bias], { epsilon, num_groups: groups, stash_type: 1 })
}
