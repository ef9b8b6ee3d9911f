// The two linear maps adjoint to a convolution: to its input and to its weights, in standard operators.
import type { Value } from '../../graph/graph.ts'
import { concat } from '../concat.ts'
import { conv } from '../conv.ts'
import { convTranspose } from '../conv_transpose.ts'
import { gemm } from '../gemm.ts'
import { matmul } from '../matmul.ts'
import { pad } from '../pad.ts'
import { reduceSum } from '../reduce_sum.ts'
import { reshape } from '../reshape.ts'
import { END, slice } from '../slice.ts'
import { transpose } from '../transpose.ts'
import { unsqueeze } from '../unsqueeze.ts'
import { must } from './rule.ts'
import { known, type Window } from './window.ts'

/** Gradient of the input: at stride 1 a convolution with flipped weights (faster in ORT than ConvTranspose), else ConvTranspose. */
export function convInput(g: Value, w: Value, x: Value, win: Window, group: number): Value {
  const n = win.kernel.length
  const edge = win.kernel.map((k, i) => must(win.dilations, i) * (k - 1))
  const pads = win.pads.map((p, i) => must(edge, i % n) - p)
  if (win.strides.every((s) => s === 1) && pads.every((p) => p >= 0)) return conv(g, flip(w, group), null, { pads, dilations: win.dilations, group })
  const outputPadding = win.kernel.map((_, i) => {
    const size = known('Conv', `the gradient's spatial axis ${i} at stride ${must(win.strides, i)}`, x.shape[i + 2])
    const count = known('Conv', 'the output', g.shape[i + 2])
    return size - ((count - 1) * must(win.strides, i) + must(edge, i) + 1 - must(win.pads, i) - must(win.pads, i + n))
  })
  return convTranspose(g, w, null, { strides: win.strides, pads: win.pads, dilations: win.dilations, group, outputPadding })
}

/** [O, C/G, …] to [C, O/G, …] with the spatial axes reversed. */
function flip(w: Value, group: number): Value {
  const n = w.shape.length - 2
  const spatial = Array.from({ length: n }, (_, i) => i + 2)
  const o = known('Conv', 'the number of output channels', w.shape[0])
  const c = known('Conv', 'the number of input channels', w.shape[1])
  const kernel = w.shape.slice(2)
  const swapped = group === 1 ? transpose(w, [1, 0, ...spatial]) : reshape(transpose(reshape(w, [group, o / group, c, ...kernel]), [0, 2, 1, ...spatial.map((a) => a + 1)]), [group * c, o / group, ...kernel])
  return kernel.every((k) => k === 1) ? swapped : slice(swapped, { starts: spatial.map(() => -1), ends: spatial.map(() => -END - 1), axes: spatial, steps: spatial.map(() => -1) })
}

/**
 * Gradient of weights [O, C/G, …] for output gradient `g` [N, O, …] and input `x` [N, C, …]: for each kernel tap the window
 * positions are cut out of x and multiplied with g over batch and positions. Measured on MLAS (test/bench): few channels
 * on large pictures are fastest as one batched product over all taps; else channels go first and each tap is one product.
 */
export function convWeight(g: Value, x: Value, w: Value, win: Window, group: number): Value {
  const o = known('Conv', 'the number of output channels', w.shape[0])
  const c = known('Conv', 'the number of input channels', w.shape[1])
  const counts = win.kernel.map((_, i) => known('Conv', 'the output size', g.shape[i + 2]))
  if (group > 1 && c === 1 && o === group && typeof x.shape[0] === 'number') return depthwise(g, x, w, win, counts, x.shape[0], o)
  const positions = counts.reduce((a, b) => a * b, 1)
  const taps = win.kernel.reduce((a, b) => a * b, 1)
  if (group === 1 && taps > 1 && c < 32 && taps * c * o <= (c + o) * positions) return batched(g, x, w, win, counts, c, o)
  const order = [1, 0, ...counts.map((_, i) => i + 2)]
  const cuts = tapCuts(transpose(x, order), win, counts)
  const rows = transpose(g, order)
  if (group > 1) {
    const grouped = reshape(rows, [group, o / group, -1])
    return reshape(concat(cuts.map((cut) => unsqueeze(matmul(grouped, transpose(reshape(cut, [group, c, -1]), [0, 2, 1])), [3])), 3), w.shape)
  }
  const flat = reshape(rows, [o, -1])
  const products = cuts.map((cut) => gemm(flat, reshape(cut, [c, -1]), null, { transB: true }))
  return reshape(products.length === 1 ? must(products, 0) : concat(products.map((p) => unsqueeze(p, [2])), 2), w.shape)
}

/** Each channel of each sample is a convolution of its own: x with g as the kernel, strides and dilations in each other's place; three times faster than products by tap. */
function depthwise(g: Value, x: Value, w: Value, win: Window, counts: readonly number[], n: number, channels: number): Value {
  const all = conv(reshape(x, [1, n * channels, ...x.shape.slice(2)]), reshape(g, [n * channels, 1, ...counts]), null, { strides: win.dilations, dilations: win.strides, pads: win.pads, group: n * channels })
  // Places that a stride leaves over at the end give taps behind the kernel's.
  const axes = win.kernel.map((_, i) => i + 2)
  const taps = win.kernel.some((k, i) => k !== all.shape[i + 2]) ? slice(all, { starts: axes.map(() => 0), ends: win.kernel, axes }) : all
  return reshape(reduceSum(reshape(taps, [n, channels, ...win.kernel]), [0]), w.shape)
}

/** [N, taps · C, positions] · [N, positions, O], summed over the batch. */
function batched(g: Value, x: Value, w: Value, win: Window, counts: readonly number[], c: number, o: number): Value {
  const n = must(g.shape, 0)
  const positions = counts.reduce((a, b) => a * b, 1)
  const columns = concat(tapCuts(x, win, counts).map((cut) => reshape(cut, [n, c, positions])), 1)
  const sum = reduceSum(matmul(columns, transpose(reshape(g, [n, o, positions]), [0, 2, 1])), [0])
  return reshape(transpose(reshape(sum, [-1, c, o]), [2, 1, 0]), w.shape)
}

/** For each kernel tap the elements of x (batch and channels in any order) that it meets. */
function tapCuts(x: Value, win: Window, counts: readonly number[]): Value[] {
  const n = win.kernel.length
  const padded = win.pads.some((p) => p > 0) ? pad(x, [0, 0, ...win.pads.slice(0, n), 0, 0, ...win.pads.slice(n)]) : x
  const axes = counts.map((_, i) => i + 2)
  return offsets(win.kernel).map((tap) => {
    const starts = tap.map((t, i) => t * must(win.dilations, i))
    const ends = starts.map((s, i) => s + (must(counts, i) - 1) * must(win.strides, i) + 1)
    return slice(padded, { starts, ends, axes, ...(win.strides.some((s) => s > 1) && { steps: win.strides }) })
  })
}

/** Every index of a kernel, last axis fastest. */
function offsets(kernel: readonly number[]): number[][] {
  return kernel.reduce<number[][]>((all, k) => all.flatMap((o) => Array.from({ length: k }, (_, i) => [...o, i])), [[]])
}
