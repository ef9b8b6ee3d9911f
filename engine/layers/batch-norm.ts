// BatchNorm: each channel by the mean and deviation of the batch in training, by running ones otherwise.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { declareBatchNorm } from '../graph/regions.ts'
import { add, batchNormalization, div, mul, reduceMean, reduceSum, reshape, sub } from '../ops/build.ts'
import type { LayerContext, LayerDef } from './layer.ts'
import { channelsOf, product } from './shapes.ts'
import { affine, affineParameters } from './support/affine.ts'
import { foldIntoConv } from './support/fold.ts'
import { centre, inverseDeviation, square, type Mean } from './support/standardise.ts'

const schema = z.strictObject({
  type: z.literal('batch-norm'),
  epsilon: z.number().positive().default(1e-5),
  /** Share of the batch's statistics that goes into the running ones at each step. */
  momentum: z.number().min(0).max(1).default(0.1),
})
type Spec = z.output<typeof schema>

/**
 * On [N, C, …] or [N, C]: `weight`, `bias` [C], and the statistics `running_mean`, `running_var` [C], which training moves without
 * gradients (the variance is the sample variance, as in PyTorch). Ioffe and Szegedy, 2015, https://arxiv.org/abs/1502.03167.
 */
export const batchNorm: LayerDef<typeof schema> = {
  title: 'BatchNorm',
  description: 'Brings each channel to mean 0 and deviation 1 over the batch, then scales and shifts it',
  schema,
  outputShape: (_spec, input) => input,
  parameters: (_spec, input) => {
    const size = channelsOf('batch-norm', input)
    const statistic = { shape: [size], initializer: 'zeros', fan: { in: size, out: size }, decay: false, trainable: false }
    return [...affineParameters(size), { ...statistic, name: 'running_mean' }, { ...statistic, name: 'running_var', initial: 1 }]
  },
  multiplyAdds: (_spec, input) => product(input),
  build: (spec, x, context) => (context.training ? training(spec, x, context) : inference(spec, x, context)),
}

function inference(spec: Spec, x: Value, { parameter, folding }: LayerContext): Value {
  const [weight, bias, mean, variance] = [parameter('weight'), parameter('bias'), parameter('running_mean'), parameter('running_var')]
  const folded = folding && foldIntoConv(x, { weight, bias, mean, variance, epsilon: spec.epsilon }, folding)
  return folded ?? batchNormalization(x, weight, bias, mean, variance, spec.epsilon)
}

function training(spec: Spec, x: Value, { parameter, update, rows }: LayerContext): Value {
  const inner = x.shape.map((_, i) => i).slice(2)
  const [n = 1] = x.shape
  const each = product(x.shape.slice(2).map(Number))
  const total = rows ? reduceSum(rows) : x.graph.scalar(Number(n))
  // First over the places of each sample, then over samples: [N, C, 1, …] is small, and padded rows weigh nothing there.
  const shares = rows && reshape(div(rows, total), [-1, ...x.shape.slice(1).map(() => 1)])
  const within = (v: Value): Value => (inner.length > 0 ? reduceMean(v, inner, true) : v)
  const mean: Mean = (v) => (shares ? reduceSum(mul(within(v), shares), [0], true) : reduceMean(within(v), [0], true))
  const adjoint: Mean | undefined = shares && ((g) => mul(reduceSum(within(g), [0], true), shares))
  const batch = centre(x, mean, adjoint)
  const variance = mean(square(batch.centred))
  const blend = (name: string, statistic: Value): void => {
    update(name, add(mul(parameter(name), 1 - spec.momentum), mul(reshape(statistic, [-1]), spec.momentum)))
  }
  blend('running_mean', batch.mean)
  const count = mul(total, each)
  blend('running_var', mul(variance, div(count, sub(count, 1))))
  const [weight, bias] = [parameter('weight'), parameter('bias')]
  const y = affine(mul(batch.centred, inverseDeviation(variance, spec.epsilon)), weight, bias)
  declareBatchNorm({ x, weight, bias, epsilon: spec.epsilon, shares: shares ?? null, mean: batch.mean, variance, y })
  return y
}
