// Windows of convolution and pooling as explicit pads: auto_pad, ceil_mode and output_shape are worked out where sizes are known.
// https://onnx.ai/onnx/operators/onnx__Conv.html, onnx__MaxPool.html, onnx__ConvTranspose.html
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import type { Dim } from '../graph/types.ts'
import { input, take, takeInts, type Draft } from './import-draft.ts'

interface Axis {
  readonly size: Dim
  readonly kernel: number
  readonly stride: number
  /** Elements from the window's first to its last. */
  readonly span: number
}

function axesOf(d: Draft, weights: Value | null): Axis[] {
  const x = input(d, 0, 'the input')
  const given = Array.isArray(d.attrs['kernel_shape']) ? d.attrs['kernel_shape'] : weights?.shape.slice(2)
  const list = (name: string): readonly unknown[] => {
    const v = d.attrs[name]
    return Array.isArray(v) ? v : []
  }
  const [strides, dilations] = [list('strides'), list('dilations')]
  const number = (v: unknown): number => (typeof v === 'number' && v >= 1 ? v : 1)
  return x.shape.slice(2).map((size, i) => {
    const kernel: unknown = given?.[i]
    if (typeof kernel !== 'number' || kernel < 1) throw new GraphError(`${d.op}: the kernel's size along spatial axis ${i} is not known`)
    return { size, kernel, stride: number(strides[i]), span: number(dilations[i]) * (kernel - 1) + 1 }
  })
}

/** Half of it before and half after; the odd one at the end (SAME_UPPER) or at the start. */
function halves(totals: readonly number[], upper: boolean): number[] {
  const small = totals.map((t) => Math.floor(t / 2))
  const large = totals.map((t, i) => t - (small[i] ?? 0))
  return upper ? [...small, ...large] : [...large, ...small]
}

/** auto_pad of Conv and pooling. */
export function explicitPads(d: Draft, weights: Value | null): void {
  const mode = take(d, 'auto_pad') ?? 'NOTSET'
  if (mode === 'NOTSET' || mode === '') return
  if (mode === 'VALID') {
    take(d, 'pads')
    return
  }
  if (mode !== 'SAME_UPPER' && mode !== 'SAME_LOWER') throw new GraphError(`${d.op}: auto_pad is ${JSON.stringify(mode)}, expected NOTSET, VALID, SAME_UPPER or SAME_LOWER`)
  const totals = axesOf(d, weights).map(({ size, stride, span }, i) => {
    if (typeof size !== 'number' && stride > 1) throw new GraphError(`${d.op}: auto_pad ${mode} at stride ${stride} needs a known size of spatial axis ${i}, found '${size}'; fix it when importing`)
    return typeof size === 'number' ? Math.max((Math.ceil(size / stride) - 1) * stride + span - size, 0) : span - 1
  })
  d.attrs['pads'] = halves(totals, mode === 'SAME_UPPER')
}

/** ceil_mode of pooling: the last, partial window as more padding at the end. */
export function roundedDown(d: Draft): void {
  if (take(d, 'ceil_mode') !== 1) return
  const axes = axesOf(d, null)
  const pads = [...(takeInts(d, 'pads') ?? new Array<number>(2 * axes.length).fill(0))]
  axes.forEach(({ size, stride, span }, i) => {
    if (typeof size !== 'number') throw new GraphError(`${d.op}: ceil_mode needs a known size of spatial axis ${i}, found '${size}'; fix it when importing`)
    const [begin, end] = [pads[i] ?? 0, pads[i + axes.length] ?? 0]
    let count = Math.ceil((size + begin + end - span) / stride) + 1
    // A window that would start past the input and its padding is left out.
    if ((count - 1) * stride >= size + begin) count--
    const more = Math.max((count - 1) * stride + span - size - begin - end, 0)
    if (more > 0 && d.op === 'AveragePool' && d.attrs['count_include_pad'] === 1) throw new GraphError('AveragePool: ceil_mode with count_include_pad and a partial window is not supported')
    pads[i + axes.length] = end + more
  })
  d.attrs['pads'] = pads
}

/** auto_pad and output_shape of ConvTranspose. */
export function transposePads(d: Draft): void {
  const mode = take(d, 'auto_pad') ?? 'NOTSET'
  const shape = takeInts(d, 'output_shape')
  if (!shape && (mode === 'NOTSET' || mode === '')) return
  if (mode === 'VALID' && !shape) {
    take(d, 'pads')
    return
  }
  const axes = axesOf(d, input(d, 1, 'the weights'))
  const extra = [...(takeInts(d, 'output_padding') ?? axes.map(() => 0))]
  const totals = axes.map(({ size, stride, span }, i) => {
    const wanted = shape?.[i]
    if (wanted === undefined) return stride * -1 + (extra[i] ?? 0) + span
    if (typeof size !== 'number') throw new GraphError(`ConvTranspose: output_shape needs a known size of spatial axis ${i}, found '${size}'`)
    return stride * (size - 1) + (extra[i] ?? 0) + span - wanted
  })
  totals.forEach((t, i) => {
    if (t < 0) extra[i] = (extra[i] ?? 0) - t
  })
  d.attrs['pads'] = halves(totals.map((t) => Math.max(t, 0)), mode === 'SAME_UPPER')
  d.attrs['output_padding'] = extra
}
