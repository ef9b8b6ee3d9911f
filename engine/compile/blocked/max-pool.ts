// Halving max pooling on blocked values, with its gradient from pools over parts of the window.
import type { Value } from '../../graph/graph.ts'
import { cast, concat, equal, mul, reshape, sub } from '../../ops/build.ts'
import { must } from '../../ops/support/rule.ts'
import { isRectified, type ReluMasks } from './masks.ts'
import { blockedMaxPoolOp, halvingMaxPool } from './operators.ts'

/** 2 × 2 windows side by side; height and width of `x` are even. As in ORT and PyTorch, the first maximum of a window takes the gradient. */
export function halve(x: Value, block: number, masks: ReluMasks): Value {
  const op = blockedMaxPoolOp((ctx) => [spread(must(ctx.inputs, 0), must(ctx.outputs, 0), must(ctx.grads, 0), block, masks)])
  return halvingMaxPool(x, [2, 2], op)
}

/**
 * With y the maximum and m(a×b) that of the first a × b places: the gradient goes to place 00 where m(1×1) = y, to 01 where m(1×2) = y
 * but not 00, of the rest to 10 where m(2×1) = y, and to 11 what is left. No place is cut out of x. Where x comes from a ReLU,
 * its mask is applied to g, a quarter of the size: the place that takes a gradient is positive exactly where y is.
 */
function spread(x: Value, y: Value, grad: Value, n: number, masks: ReluMasks): Value {
  const g = masks.back(grad, y)
  const where = (kernel: readonly [number, number]): Value => cast(equal(halvingMaxPool(x, kernel), y), 'float32')
  const p00 = mul(g, where([1, 1]))
  const p01 = sub(mul(g, where([1, 2])), p00)
  const below = sub(sub(g, p00), p01)
  const p10 = mul(below, where([2, 1]))
  const p11 = sub(below, p10)
  const [batch, c, height, width] = y.shape.map(Number) as [number, number, number, number]
  const rows = ((batch * c) / n) * height
  const row = (a: Value, b: Value): Value => reshape(concat([reshape(a, [rows * width, n]), reshape(b, [rows * width, n])], 1), [rows, 2 * width * n])
  const dx = reshape(concat([row(p00, p01), row(p10, p11)], 1), x.shape)
  return isRectified(x) ? masks.passed(dx) : dx
}
