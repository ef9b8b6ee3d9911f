// Batch normalisation in training on blocked values: affine passes and sums of products as depthwise convolutions, one rule for the gradient of all of it.
import { detach } from '../../autodiff/detach.ts'
import type { Value } from '../../graph/graph.ts'
import { add, matmul, mul, neg, reciprocal, reduceSum, reshape, sqrt } from '../../ops/build.ts'
import { must } from '../../ops/support/rule.ts'
import { overPlaces, perSample } from './conv.ts'
import type { ReluMasks } from './masks.ts'
import { blockedConv, blockedConvOp, pointwise } from './operators.ts'

const POINTWISE = { kernel: [1, 1], pads: [0, 0, 0, 0] } as const

export interface BatchNormParts {
  /** Blocked. */
  readonly x: Value
  /** [C]. */
  readonly weight: Value
  readonly bias: Value
  readonly epsilon: number
  /** [N, 1, 1, 1] of sum 1, or null for 1 / N each. */
  readonly shares: Value | null
  readonly relu: boolean
}

/** Ioffe and Szegedy, 2015; the variance is that of centred values, which cannot cancel. `mean` and `variance` are [C] and constants to differentiation. */
export function normalise({ x, weight, bias, epsilon, shares, relu }: BatchNormParts, block: number, masks: ReluMasks): { readonly y: Value; readonly mean: Value; readonly variance: Value } {
  const [batch, c, height, width] = x.shape.map(Number) as [number, number, number, number]
  const { graph } = x
  const share = 1 / (height * width * (shares ? 1 : batch))
  /** From sums over places [N, C] to [C]. */
  const mean = (sums: Value): Value => mul(reshape(shares ? matmul(reshape(shares, [1, batch]), sums) : reduceSum(sums, [0]), [c]), share)
  const channels = (v: Value): Value => reshape(v, [c, 1, 1, 1])
  /** A factor and a term for each sample and channel, [N, C] or [1, C]: blocks of samples lie as blocks of channels do. */
  const perPicture = (v: Value, by: Value, shift: Value): Value => {
    const each = (f: Value): Value => (shares ? mul(reshape(shares, [batch, 1]), f) : mul(f, graph.constant(new Float32Array(batch).fill(1), 'float32', [batch, 1])))
    const n = batch * c
    return reshape(pointwise(reshape(v, [1, n, height, width]), reshape(each(by), [n, 1, 1, 1]), { bias: reshape(each(shift), [n]) }), v.shape)
  }

  const m = detach(mean(perSample(x, block)))
  const ones = graph.constant(new Float32Array(c).fill(1), 'float32', [c, 1, 1, 1])
  // The rule below gives the gradient of x itself.
  const centring = blockedConvOp((ctx) => [must(ctx.grads, 0), null, null])
  const centred = blockedConv(x, ones, neg(m), { ...POINTWISE, group: c }, centring)
  const variance = detach(mean(products(centred, centred)))
  const inverse = reciprocal(sqrt(add(variance, epsilon)))
  const scale = mul(weight, inverse)
  const affine = blockedConvOp((ctx) => {
    const g = masks.back(must(ctx.grads, 0), must(ctx.outputs, 0))
    const read = must(ctx.inputs, 0)
    const [db, gx] = [overPlaces(g, block), reshape(reduceSum(products(g, read), [0]), [c])]
    const pull = neg(mul(scale, share))
    const row = (v: Value): Value => reshape(v, [1, c])
    const dx = ctx.needs(0) ? pointwise(g, channels(scale), { sum: perPicture(read, row(mul(mul(pull, mul(inverse, inverse)), gx)), row(mul(pull, db))) }) : null
    return [dx, reshape(gx, [c, 1, 1, 1]), db]
  })
  const y = blockedConv(centred, channels(scale), bias, { ...POINTWISE, group: c, relu }, affine)
  return { y, mean: m, variance }
}

/** Σ a · b over the places of each sample and channel, [N, C]: a depthwise convolution of one by the other as a filter of its size, whose blocks lie the same. */
function products(a: Value, b: Value): Value {
  const [batch, c, height, width] = a.shape.map(Number) as [number, number, number, number]
  const n = batch * c
  return reshape(blockedConv(reshape(a, [1, n, height, width]), reshape(b, [n, 1, height, width]), null, { kernel: [height, width], pads: [0, 0, 0, 0], group: n }), [batch, c])
}
