// Batch normalisation in training on blocked values: affine passes as depthwise 1 × 1 convolutions, one rule for the gradient of all of it.
import { detach } from '../../autodiff/detach.ts'
import type { Value } from '../../graph/graph.ts'
import { add, matmul, mul, neg, reciprocal, reduceSum, reshape, sqrt } from '../../ops/build.ts'
import { must } from '../../ops/support/rule.ts'
import { overPlaces, perSample } from './conv.ts'
import type { ReluMasks } from './masks.ts'
import { blockedConv, blockedConvOp } from './operators.ts'

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
  const mean = (v: Value): Value => {
    const sums = perSample(v, block)
    return mul(reshape(shares ? matmul(reshape(shares, [1, batch]), sums) : reduceSum(sums, [0]), [c]), share)
  }
  const channels = (v: Value): Value => reshape(v, [c, 1, 1, 1])
  const scaled = (v: Value, by: Value, shift: Value | null): Value => blockedConv(v, channels(by), shift, { ...POINTWISE, group: c })

  const m = detach(mean(x))
  const ones = graph.constant(new Float32Array(c).fill(1), 'float32', [c, 1, 1, 1])
  // The rule below gives the gradient of x itself.
  const centring = blockedConvOp((ctx) => [must(ctx.grads, 0), null, null])
  const centred = blockedConv(x, ones, neg(m), { ...POINTWISE, group: c }, centring)
  const variance = detach(mean(mul(centred, centred)))
  const inverse = reciprocal(sqrt(add(variance, epsilon)))
  const scale = mul(weight, inverse)
  const affine = blockedConvOp((ctx) => {
    const g = masks.back(must(ctx.grads, 0), must(ctx.outputs, 0))
    const [db, gx] = [overPlaces(g, block), overPlaces(mul(g, centred), block)]
    const pull = neg(mul(scale, share))
    const through = scaled(centred, mul(mul(pull, mul(inverse, inverse)), gx), mul(pull, db))
    const dx = ctx.needs(0) ? add(scaled(g, scale, null), shares ? mul(through, shares) : through) : null
    return [dx, reshape(gx, [c, 1, 1, 1]), db]
  })
  const y = blockedConv(centred, channels(scale), bias, { ...POINTWISE, group: c, relu }, affine)
  return { y: relu ? masks.rectified(y) : y, mean: m, variance }
}
