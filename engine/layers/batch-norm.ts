// BatchNorm: each channel by the mean and deviation of the batch in training, by running ones otherwise.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { declareBatchNorm } from '../graph/regions.ts'
import { add, batchNormalization, div, fullLike, mul, reduceMean, reduceSum, reshape, sub } from '../ops/build.ts'
import type { LayerContext, LayerDef } from './layer.ts'
import { channelsOf, product } from './shapes.ts'
import { affineParameters } from './support/affine.ts'
import { foldIntoConv } from './support/fold.ts'
import { standardise, type Means } from './support/standardise.ts'

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

function training(spec: Spec, x: Value, { parameter, update, rows = oneEach(x) }: LayerContext): Value {
  const [, channels = 1, ...spatial] = x.shape
  const small = [1, channels, ...spatial.map(() => 1)]
  const total = reduceSum(rows)
  const shares = reshape(div(rows, total), [-1, ...x.shape.slice(1).map(() => 1)])
  const [weight, bias] = [parameter('weight'), parameter('bias')]
  const { y: scaled, mean, variance } = standardise(x, meansOverBatch(x, shares), spec.epsilon, reshape(weight, small))
  const y = add(scaled, reshape(bias, small))
  declareBatchNorm({ x, weight, bias, epsilon: spec.epsilon, shares, mean, variance, y })
  const blend = (name: string, statistic: Value): void => {
    update(name, add(mul(parameter(name), 1 - spec.momentum), mul(reshape(statistic, [channels]), spec.momentum)))
  }
  blend('running_mean', mean)
  const count = mul(total, product(spatial.map(Number)))
  blend('running_var', mul(variance, div(count, sub(count, 1))))
  return y
}

/** [N] ones. */
function oneEach(x: Value): Value {
  const [n] = x.shape
  return typeof n === 'number' ? x.graph.constant(new Float32Array(n).fill(1), 'float32', [n]) : fullLike(reduceSum(x, x.shape.map((_, i) => i).slice(1)), 1)
}

/** Over batch and places, each sample with its share. First within samples: what is left is small, and shares cost nothing there. */
function meansOverBatch(x: Value, shares: Value): Means {
  const inner = x.shape.map((_, i) => i).slice(2)
  const within = (v: Value): Value => (inner.length > 0 ? reduceMean(v, inner, true) : v)
  return { mean: (v) => reduceSum(mul(within(v), shares), [0], true), adjoint: (g) => mul(reduceSum(within(g), [0], true), shares) }
}
