// Works a batch norm with fixed statistics into the convolution before it.
import type { Value } from '../../graph/graph.ts'
import { Conv } from '../../ops/conv.ts'
import { single } from '../../ops/support/rule.ts'
import type { Folding } from '../layer.ts'

/** All [C]. */
export interface Statistics {
  readonly weight: Value
  readonly bias: Value
  readonly mean: Value
  readonly variance: Value
  readonly epsilon: number
}

/**
 * The convolution that gives the normalised `x`, with new weights and bias; null where `x` is not the output of a convolution
 * with parameters. Jacob et al., "Quantization and training of neural networks", 2018, section 3.2, https://arxiv.org/abs/1712.05877.
 */
export function foldIntoConv(x: Value, statistics: Statistics, folding: Folding): Value | null {
  const conv = x.producer
  if (conv?.op.name !== Conv.name) return null
  const [input, kernel, bias] = conv.inputs
  if (!input || !kernel) return null
  const [w, b] = [folding.of(kernel), bias ? folding.of(bias) : new Float32Array(Number(kernel.shape[0]))]
  const [scale, shift, mean, variance] = [statistics.weight, statistics.bias, statistics.mean, statistics.variance].map((v) => folding.of(v))
  if (!w || !b || !scale || !shift || !mean || !variance) return null
  const factor = variance.map((v, i) => (scale[i] ?? 1) / Math.sqrt(v + statistics.epsilon))
  const each = w.length / factor.length
  const weights = w.map((v, i) => v * (factor[Math.floor(i / each)] ?? 1))
  const offsets = b.map((v, i) => (v - (mean[i] ?? 0)) * (factor[i] ?? 1) + (shift[i] ?? 0))
  const shape = kernel.shape.map(Number)
  return single(Conv, [input, folding.make(`${kernel.name}.folded`, weights, shape), folding.make(`${kernel.name}.folded_bias`, offsets, [offsets.length])], conv.attrs)
}
