// Convolution with its input, output and weights in blocked order, and its three gradients.
import type { Value } from '../../graph/graph.ts'
import type { OpDef } from '../../graph/op.ts'
import { concat, gather, pad, reduceSum, reshape, slice, transpose } from '../../ops/build.ts'
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
 * (`blockedOrder`); `b` [O] or null. O is a multiple of the block, and N or `strips` of it.
 */
export function convolve(x: Value, w: Value, b: Value | null, form: ConvForm, masks: ReluMasks): Value {
  const p = (form.kernel - 1) / 2
  const window = { kernel: [form.kernel, form.kernel], pads: [p, p, p, p] } as const
  const op: OpDef = blockedConvOp((ctx) => {
    const y = must(ctx.outputs, 0)
    const g = masks.back(must(ctx.grads, 0), y)
    return [
      ctx.needs(0) ? blockedConv(g, turned(w, form), null, window) : null,
      ctx.needs(1) ? weightGradient(g, must(ctx.inputs, 0), w, form) : null,
      b && ctx.needs(2) ? overPlaces(g, form.block) : null,
    ]
  })
  return blockedConv(x, w, b, { ...window, relu: form.relu }, op)
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

/** Most strips that pictures are cut into, and fewest rows of one: shorter ones are mostly border. */
const MOST_STRIPS = 4
const LEAST_ROWS = 2

/** Strips of pictures whose number is a multiple of the block: how many of each of `batch` pictures; null where they cannot be cut so. */
export function strips(batch: number, height: number, block: number): number | null {
  let n = 1
  while ((batch * n) % block !== 0) n *= 2
  return n === 1 || (n <= MOST_STRIPS && height % n === 0 && height / n >= LEAST_ROWS) ? n : null
}

/**
 * The gradient of the weights is a convolution too: of x with its channels as the batch and its batch as the channels, by g
 * as a filter of the size of the picture. The batch must fill blocks: a small one is cut into strips, each a picture with the rows
 * of its neighbours above and below. Only what the operator does not pad itself is padded in memory.
 */
function weightGradient(g: Value, x: Value, w: Value, { block: n, kernel }: ConvForm): Value {
  const [batch, c, height, width] = x.shape.map(Number) as [number, number, number, number]
  const o = Number(w.shape[0])
  const [p, taps, cut] = [(kernel - 1) / 2, kernel * kernel, strips(batch, height, n) ?? 1]
  const [groups, rows] = [(batch * cut) / n, height / cut]
  const filter = reshape(transpose(reshape(g, [groups, n / cut, o / n, cut, rows * width, n]), [2, 0, 4, 1, 3, 5]), [o, batch * cut, rows, width])
  const plain = c < n ? x : toStandard(x)
  const tall = cut === 1 ? height : rows + 2 * p
  const pictures = cut === 1 ? plain : cutIntoStrips(plain, cut, p)
  const columns = reshape(toBlocked(reshape(pictures, [1, batch * cut, c * tall, width])), [groups * c * tall, width * n])
  const padded = p === 0 ? columns : pad(columns, [0, p * n, 0, p * n])
  const size = tall * (width + 2 * p) * n
  const images = reshape(groups > 1 ? transpose(reshape(padded, [groups, c, size]), [1, 0, 2]) : padded, [c, batch * cut, tall, width + 2 * p])
  const dw = blockedConv(images, filter, null, { kernel: [rows, width], pads: cut === 1 ? [p, 0, p, 0] : [0, 0, 0, 0] })
  const ordered = c < n ? transpose(reshape(dw, [c, o / n, taps, n]), [1, 0, 2, 3]) : transpose(reshape(dw, [c / n, n, o / n, taps, n]), [2, 0, 3, 1, 4])
  return reshape(ordered, w.shape)
}

/** Standard [N, C, H, W] to [N · cut, C, H / cut + 2p, W]: strips one after the other, with `p` rows of what is above and below. */
function cutIntoStrips(x: Value, cut: number, p: number): Value {
  const [batch, c, height, width] = x.shape.map(Number) as [number, number, number, number]
  const rows = height / cut
  const tall = p === 0 ? x : pad(x, [0, 0, p, 0, 0, 0, p, 0])
  const parts = Array.from({ length: cut }, (_, i) => reshape(slice(tall, { starts: [i * rows], ends: [(i + 1) * rows + 2 * p], axes: [2] }), [batch, 1, c * (rows + 2 * p) * width]))
  return reshape(concat(parts, 1), [batch * cut, c, rows + 2 * p, width])
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
