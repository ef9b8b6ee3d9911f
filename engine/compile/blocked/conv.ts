// Convolution with its input, output and weights in blocked order, and its three gradients.
import type { Value } from '../../graph/graph.ts'
import type { OpDef } from '../../graph/op.ts'
import { gather, pad, reduceSum, reshape, transpose } from '../../ops/build.ts'
import { must } from '../../ops/support/rule.ts'
import type { ReluMasks } from './masks.ts'
import { blockedConv, blockedConvOp, toBlocked, toStandard } from './operators.ts'

export interface ConvForm {
  readonly block: number
  /** Side of the kernel; stride 1, and padding that keeps the size. */
  readonly kernel: number
  readonly relu: boolean
}

/**
 * `x` [N, C, H, W] blocked, or standard where C is below the block; `w` [O, C, k, k] whose data are in blocked order
 * (`blockedOrder`); `b` [O] or null. N and O are multiples of the block.
 */
export function convolve(x: Value, w: Value, b: Value | null, form: ConvForm, masks: ReluMasks): Value {
  const p = (form.kernel - 1) / 2
  const window = { kernel: [form.kernel, form.kernel], pads: [p, p, p, p] } as const
  const op: OpDef = blockedConvOp((ctx) => {
    const y = must(ctx.outputs, 0)
    const g = masks.back(must(ctx.grads, 0), y)
    return [
      ctx.needs(0) ? blockedConv(g, turned(w, form), null, window) : null,
      ctx.needs(1) ? weightGradient(g, x, w, form) : null,
      b && ctx.needs(2) ? overPlaces(g, form.block) : null,
    ]
  })
  const y = blockedConv(x, w, b, { ...window, relu: form.relu }, op)
  return form.relu ? masks.rectified(y) : y
}

/**
 * The weights that carry a gradient back: taps reversed, input and output channels exchanged. The exchange of blocks and the
 * reversal are one Gather of b·b rows; the exchange inside them is what ReorderInput does to a [b, b, 1] picture.
 */
function turned(w: Value, { block: n, kernel }: ConvForm): Value {
  const [o, c] = [Number(w.shape[0]) / n, Number(w.shape[1]) / n]
  const taps = kernel * kernel
  const rows: number[] = []
  for (let i = 0; i < c; i++) for (let j = 0; j < o; j++) for (let k = taps - 1; k >= 0; k--) rows.push((j * c + i) * taps + k)
  const moved = gather(reshape(w, [rows.length, n * n]), w.graph.ints(rows), 0)
  return reshape(toBlocked(reshape(moved, [rows.length, n, n, 1])), [c * n, o * n, kernel, kernel])
}

/**
 * The gradient of the weights is a convolution too: of x with its channels as the batch and its batch as the channels, by g
 * as a filter of the size of the picture. Only the width is padded in memory; above and below the operator pads itself.
 */
function weightGradient(g: Value, x: Value, w: Value, { block: n, kernel }: ConvForm): Value {
  const [batch, c, height, width] = x.shape.map(Number) as [number, number, number, number]
  const o = Number(w.shape[0])
  const [p, groups, taps] = [(kernel - 1) / 2, batch / n, kernel * kernel]
  const filter = reshape(transpose(reshape(g, [groups, n, o / n, height * width, n]), [2, 0, 3, 1, 4]), [o, batch, height, width])
  const plain = c < n ? x : toStandard(x)
  const columns = reshape(toBlocked(reshape(plain, [1, batch, c * height, width])), [groups * c * height, width * n])
  const padded = p === 0 ? columns : pad(columns, [0, p * n, 0, p * n])
  const row = height * (width + 2 * p) * n
  const images = reshape(groups > 1 ? transpose(reshape(padded, [groups, c, row]), [1, 0, 2]) : padded, [c, batch, height, width + 2 * p])
  const dw = blockedConv(images, filter, null, { kernel: [height, width], pads: [p, 0, p, 0] })
  const ordered = c < n ? transpose(reshape(dw, [c, o / n, taps, n]), [1, 0, 2, 3]) : transpose(reshape(dw, [c / n, n, o / n, taps, n]), [2, 0, 3, 1, 4])
  return reshape(ordered, w.shape)
}

/** Blocked [N, C, H, W] summed to [C]. In two steps: long sums over one axis are what ORT does fastest. */
export function overPlaces(x: Value, block: number): Value {
  const c = Number(x.shape[1])
  return reshape(reduceSum(perSample(x, block), [0]), [c])
}

/** Blocked [N, C, H, W] summed to [N, C]. */
export function perSample(x: Value, block: number): Value {
  const [batch, c, height, width] = x.shape.map(Number) as [number, number, number, number]
  return reshape(reduceSum(reshape(x, [batch, c / block, height * width, block]), [2]), [batch, c])
}
