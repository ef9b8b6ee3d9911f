// What is done to a gradient before and to weights after the optimizer: L1, clipping, max-norm.
import type { TrainConfig } from '../contract/recipe.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { product } from '../layers/shapes.ts'
import type { Network } from '../models/network.ts'
import { add, clip, concat, div, min, mul, reduceSum, reshape, sign, split, sqrt } from '../ops/build.ts'

/** Of a flat vector, in order. */
type Parameters = Pick<Network, 'parameters' | 'size'>

/** As in PyTorch's clip_grad_norm_. */
const EPSILON = 1e-6

/** [P] with `value` at what a layer marks for decay (weights), 0 elsewhere (biases, statistics). */
export function onWeights(graph: Graph, net: Parameters, value: number): Value {
  const all = new Float32Array(net.size)
  let at = 0
  for (const p of net.parameters) {
    const n = product(p.shape)
    if (p.decay) all.fill(value, at, at + n)
    at += n
  }
  return graph.constant(all, 'float32', [net.size])
}

/** `g` with the slope of the L1 penalty (Tibshirani, "Regression shrinkage and selection via the lasso", 1996), then cut at `clipValue`, then scaled down to `clipNorm` (Pascanu et al., "On the difficulty of training recurrent neural networks", ICML 2013). */
export function regularised(config: Pick<TrainConfig, 'l1' | 'clipValue' | 'clipNorm'>, net: Parameters, p: Value, g: Value): Value {
  const { graph } = g
  const whole = config.l1 > 0 ? add(g, mul(sign(p), onWeights(graph, net, config.l1))) : g
  const cut = config.clipValue === null ? whole : clip(whole, -config.clipValue, config.clipValue)
  if (config.clipNorm === null) return cut
  const length = sqrt(reduceSum(mul(cut, cut)))
  return mul(cut, min(div(config.clipNorm, add(length, EPSILON)), graph.scalar(1)))
}

/** Scales down the weights into each unit that are longer than `most`: Srivastava et al., "Dropout", JMLR 2014, section 5.1. Units are the columns of matrices and the first axis of kernels. */
export function maxNorm(net: Parameters, flat: Value, most: number): Value {
  const sizes = net.parameters.map((p) => product(p.shape))
  const pieces = sizes.length > 1 ? split(flat, sizes, 0) : [flat]
  const limited = net.parameters.map((p, i) => {
    const piece = pieces[i] ?? flat
    if (!p.decay || p.shape.length < 2) return piece
    const w = reshape(piece, p.shape)
    const axes = p.shape.length === 2 ? [0] : p.shape.map((_, axis) => axis).slice(1)
    const length = sqrt(reduceSum(mul(w, w), axes, true))
    return reshape(mul(w, min(div(most, add(length, EPSILON)), flat.graph.scalar(1))), [product(p.shape)])
  })
  return limited.length > 1 ? concat(limited, 0) : (limited[0] ?? flat)
}
