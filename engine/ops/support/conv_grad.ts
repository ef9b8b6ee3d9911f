// The two linear maps adjoint to a convolution: to its input and to its weights, in standard operators.
import type { Value } from '../../graph/graph.ts'
import { concat } from '../concat.ts'
import { conv } from '../conv.ts'
import { convTranspose } from '../conv_transpose.ts'
import { gemm } from '../gemm.ts'
import { matmul } from '../matmul.ts'
import { pad } from '../pad.ts'
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
 * Gradient of weights [O, C/G, …] for output gradient `g` [N, O, …] and input `x` [N, C, …]: channels first, then for each
 * kernel tap the window positions cut out of x and multiplied with g over batch and positions. Many channels take one
 * product a tap; few take one product over all taps together.
 */
export function convWeight(g: Value, x: Value, w: Value, win: Window, group: number): Value {
  const n = win.kernel.length
  const order = [1, 0, ...Array.from({ length: n }, (_, i) => i + 2)]
  const o = known('Conv', 'the number of output channels', w.shape[0])
  const c = known('Conv', 'the number of input channels', w.shape[1])
  const counts = win.kernel.map((_, i) => known('Conv', 'the output size', g.shape[i + 2]))
  const axes = counts.map((_, i) => i + 2)
  const channels = transpose(x, order)
  const padded = win.pads.some((p) => p > 0) ? pad(channels, [0, 0, ...win.pads.slice(0, n), 0, 0, ...win.pads.slice(n)]) : channels
  const rows = group === 1 ? reshape(transpose(g, order), [o, -1]) : reshape(transpose(g, order), [group, o / group, -1])
  const taps = offsets(win.kernel).map((tap) => {
    const starts = tap.map((t, i) => t * must(win.dilations, i))
    const ends = starts.map((s, i) => s + (must(counts, i) - 1) * must(win.strides, i) + 1)
    const cut = slice(padded, { starts, ends, axes, ...(win.strides.some((s) => s > 1) && { steps: win.strides }) })
    return group === 1 ? reshape(cut, [c, -1]) : reshape(cut, [group, c, -1])
  })
  if (group > 1) return reshape(concat(taps.map((t) => unsqueeze(matmul(rows, transpose(t, [0, 2, 1])), [3])), 3), w.shape)
  if (taps.length === 1) return reshape(gemm(rows, must(taps, 0), null, { transB: true }), w.shape)
  if (c < 16) return reshape(transpose(reshape(gemm(rows, concat(taps, 0), null, { transB: true }), [o, taps.length, c]), [0, 2, 1]), w.shape)
  return reshape(concat(taps.map((t) => unsqueeze(gemm(rows, t, null, { transB: true }), [2])), 2), w.shape)
}

/** Every index of a kernel, last axis fastest. */
function offsets(kernel: readonly number[]): number[][] {
  return kernel.reduce<number[][]>((all, k) => all.flatMap((o) => Array.from({ length: k }, (_, i) => [...o, i])), [[]])
}
