// BatchNormalization: each channel by given statistics, or in training by the batch's own, with running statistics carried on.
// https://onnx.ai/onnx/operators/onnx__BatchNormalization.html (opset 15); Ioffe and Szegedy 2015, https://arxiv.org/abs/1502.03167
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { apply, defineOp, type GradContext } from '../graph/op.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { expandTo } from './expand.ts'
import { mul } from './mul.ts'
import { reciprocal } from './reciprocal.ts'
import { reduceSum } from './reduce_sum.ts'
import { countOf } from './shape.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'
import { butChannel, channels, standardise, standardiseGrad } from './support/normalize.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { rankAtLeast, text } from './support/shape.ts'

const attributes = z.strictObject({ epsilon: z.number().default(1e-5), momentum: z.number().default(0.9), training_mode: z.literal([0, 1]).default(0) })
type BatchNormalizationAttributes = z.infer<typeof attributes>

export const BatchNormalization = defineOp<BatchNormalizationAttributes>({
  name: 'BatchNormalization',
  domain: '',
  since: 15,
  inputs: [
    { name: 'X', dtypes: FLOATS, type: 'T' },
    { name: 'scale', dtypes: FLOATS, type: 'T' },
    { name: 'B', dtypes: FLOATS, type: 'T' },
    { name: 'input_mean', dtypes: FLOATS, type: 'T' },
    { name: 'input_var', dtypes: FLOATS, type: 'T' },
  ],
  // One, or three in training, where ORT wants all of them even if nobody reads them.
  outputs: [1, Infinity],
  attributes,
  floats: ['epsilon', 'momentum'],
  infer: ({ op, inputs, attrs }) => {
    const shape = rankAtLeast(op, 'X', inputs[0], 2)
    const { dtype } = must(inputs, 0)
    const c = must(shape, 1)
    for (const [i, what] of ['scale', 'B', 'input_mean', 'input_var'].entries()) {
      const found = must(inputs, i + 1).shape
      if (text(found) !== text([c])) throw new GraphError(`BatchNormalization: ${what} ${text(found)}, expected ${text([c])} for X ${text(shape)}`)
    }
    const y = { dtype, shape }
    const running = { dtype, shape: [c] }
    return attrs.training_mode === 1 ? [y, running, running] : [y]
  },
  grad: (ctx) => (ctx.attrs.training_mode === 1 ? training(ctx) : inference(ctx)),
})

function inference(ctx: GradContext<BatchNormalizationAttributes>): (Value | null)[] {
  const [x, g, scale, mean, variance] = [must(ctx.inputs, 0), must(ctx.grads, 0), must(ctx.inputs, 1), must(ctx.inputs, 3), must(ctx.inputs, 4)]
  const rank = x.shape.length
  const inverse = reciprocal(sqrt(add(variance, ctx.attrs.epsilon)))
  const factor = mul(scale, inverse)
  const sum = ctx.needs(2) || ctx.needs(3) ? reduceSum(g, butChannel(rank)) : null
  const moment = ctx.needs(1) || ctx.needs(4) ? reduceSum(mul(g, sub(x, channels(mean, rank))), butChannel(rank)) : null
  return [
    ctx.needs(0) ? mul(g, channels(factor, rank)) : null,
    moment && ctx.needs(1) ? mul(moment, inverse) : null,
    sum,
    sum && ctx.needs(3) ? mul(mul(sum, factor), -1) : null,
    moment && ctx.needs(4) ? mul(mul(moment, mul(factor, mul(inverse, inverse))), -0.5) : null,
  ]
}

/** The running statistics are momentum · given + (1 - momentum) · the batch's, so gradients that reach them go to both. */
function training(ctx: GradContext<BatchNormalizationAttributes>): (Value | null)[] {
  const [x, scale] = [must(ctx.inputs, 0), must(ctx.inputs, 1)]
  const rank = x.shape.length
  const axes = butChannel(rank)
  const { momentum } = ctx.attrs
  const [g = null, mean = null, variance = null] = ctx.grads
  const scores = standardise(x, axes, ctx.attrs.epsilon)
  const parts: Value[] = []
  if (ctx.needs(0)) {
    if (g) parts.push(standardiseGrad(mul(g, channels(scale, rank)), scores, axes))
    const share = (v: Value, factor: number): Value => channels(div(mul(v, factor), countOf(x, axes)), rank)
    if (variance) parts.push(mul(div(scores.xhat, scores.inverse), share(variance, 2 * (1 - momentum))))
    if (mean) parts.push(expandTo(share(mean, 1 - momentum), x))
  }
  return [
    parts.length > 0 ? parts.reduce((a, b) => add(a, b)) : null,
    g && ctx.needs(1) ? reduceSum(mul(g, scores.xhat), axes) : null,
    g && ctx.needs(2) ? reduceSum(g, axes) : null,
    mean && ctx.needs(3) ? mul(mean, momentum) : null,
    variance && ctx.needs(4) ? mul(variance, momentum) : null,
  ]
}

/** x [N, C, …], all others [C]: by the given statistics. */
export function batchNormalization(x: Value, scale: Value, bias: Value, mean: Value, variance: Value, epsilon = 1e-5): Value {
  return single(BatchNormalization, [x, scale, bias, mean, variance], { epsilon, momentum: 0.9, training_mode: 0 })
}

export interface BatchNormalizationTraining {
  readonly y: Value
  /** momentum · mean + (1 - momentum) · batch mean. */
  readonly runningMean: Value
  /** The same of the variance; the batch's is the population variance. */
  readonly runningVariance: Value
}

/** x [N, C, …], all others [C]: by the statistics of the batch; `mean` and `variance` are the running ones so far. */
export function batchNormalizationTraining(x: Value, scale: Value, bias: Value, mean: Value, variance: Value, { epsilon = 1e-5, momentum = 0.9 }: { readonly epsilon?: number; readonly momentum?: number } = {}): BatchNormalizationTraining {
  const out = apply(BatchNormalization, [x, scale, bias, mean, variance], { epsilon, momentum, training_mode: 1 })
  return { y: must(out, 0), runningMean: must(out, 1), runningVariance: must(out, 2) }
}
