// Rewrites that take more than an attribute: what older opsets or other forms of an operator become here.
// https://github.com/onnx/onnx/blob/main/docs/Changelog.md
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { knownNumbers } from '../graph/known.ts'
import { apply } from '../graph/op.ts'
import { elements, isStatic, type DType } from '../graph/types.ts'
import { cast, constantOfShape, gather, reshape, reshapeLike, shape as shapeOf, transpose, unsqueeze } from '../ops/build.ts'
import { single, typed } from '../ops/support/rule.ts'
import { before, given, input, put, take, takeInts, toInput, unless, wide, without, type Draft, type Upgrade } from './import-draft.ts'

/** Before opset 7 the second operand was aligned to the first at `axis`, where `broadcast` was set. */
export const aligned: Upgrade = before(7, (d) => {
  take(d, 'broadcast')
  const axis = take(d, 'axis')
  const [a, b] = [input(d, 0, 'the first operand'), input(d, 1, 'the second operand')]
  if (typeof axis !== 'number' || b.shape.length === 0) return
  const tail = a.shape.length - (axis < 0 ? axis + a.shape.length : axis) - b.shape.length
  if (tail < 0) throw new GraphError(`${d.op}: axis ${axis} does not align [${b.shape.join(', ')}] with [${a.shape.join(', ')}]`)
  d.inputs[1] = unsqueeze(b, Array.from({ length: tail }, (_, i) => b.shape.length + i))
})

/** Softmax and its kin before opset 13: all axes from `axis` (1 where left out) on are one. */
export const flattened: Upgrade = before(13, (d) => {
  const x = input(d, 0, 'the input')
  const given = take(d, 'axis') ?? 1
  const rank = x.shape.length
  const axis = typeof given !== 'number' ? NaN : given < 0 ? given + rank : given
  if (!(axis >= 0 && axis <= rank)) throw new GraphError(`${d.op}: axis ${JSON.stringify(given)} is outside a tensor of rank ${rank}`)
  d.attrs['axis'] = -1
  if (axis === rank - 1) return
  d.build = (def) => [reshapeLike(single(def, [reshape(x, axis === rank ? [...x.shape, 1] : [...x.shape.slice(0, axis), -1])], { axis: -1 }), x)]
})

/** Max and Min of any number of tensors, two by two. */
export const pairs: Upgrade = (d) => {
  const [first, ...rest] = d.inputs.map((_, i) => input(d, i, 'an operand'))
  if (rest.length !== 1 && first) d.build = (def) => [rest.reduce((a, b) => single(def, [a, b]), first)]
}

/** `min` and `max` were attributes before opset 11. */
export const limits: Upgrade = (d) => {
  const { dtype } = input(d, 0, 'the input')
  ;['min', 'max'].forEach((name, i) => {
    const v = take(d, name)
    if (typeof v === 'number') put(d, i + 1, d.graph.constant(typed(dtype, [v]), dtype, []))
  })
}

/** Pads were attributes before opset 11; since 18 they may speak of some axes only. */
export const padding: Upgrade = (d) => {
  const x = input(d, 0, 'the input')
  const list = takeInts(d, 'pads') ?? takeInts(d, 'paddings')
  const value = take(d, 'value')
  if (list) put(d, 1, d.graph.ints(list))
  if (typeof value === 'number') put(d, 2, d.graph.constant(typed(x.dtype, [value]), x.dtype, []))
  wide(1, 3)(d)
  const axes = d.inputs[3]
  if (!axes) return
  const [over, pads] = [knownNumbers(axes), knownNumbers(input(d, 1, 'pads'))]
  if (!over || !pads || pads.length !== 2 * over.length) throw new GraphError('Pad: axes must be known, with two pads for each')
  const rank = x.shape.length
  const full = new Array<number>(2 * rank).fill(0)
  over.forEach((a, i) => {
    const axis = a < 0 ? a + rank : a
    if (!(axis >= 0 && axis < rank)) throw new GraphError(`Pad: axis ${a} is outside a tensor of rank ${rank}`)
    full[axis] = pads[i] ?? 0
    full[axis + rank] = pads[i + over.length] ?? 0
  })
  d.inputs = [x, d.graph.ints(full), d.inputs[2] ?? null]
}

/** Equal parts have no sizes in the file; the last takes what is left. */
export const parts: Upgrade = (d) => {
  const { shape } = input(d, 0, 'the input')
  toInput('split', 1)(d)
  take(d, 'num_outputs')
  const count = d.outputs
  const sizes = d.inputs[1]
  if (sizes) {
    if (sizes.shape[0] !== count) throw new GraphError(`Split: ${String(sizes.shape[0])} sizes for ${count} outputs`)
    return
  }
  const axis = d.attrs['axis'] ?? 0
  const total = typeof axis === 'number' ? shape[axis < 0 ? axis + shape.length : axis] : undefined
  if (typeof total !== 'number') throw new GraphError(`Split: equal parts along axis ${JSON.stringify(axis)} of [${shape.join(', ')}] need a known size`)
  const part = Math.ceil(total / count)
  put(d, 1, d.graph.ints(Array.from({ length: count }, (_, i) => Math.max(0, Math.min(part, total - i * part)))))
}

/** Without axes: all that are 1. */
export const ones: Upgrade = (d) => {
  toInput('axes', 1)(d)
  if (d.inputs[1]) return
  const x = input(d, 0, 'the input')
  if (!isStatic(x.shape)) throw new GraphError(`Squeeze: which axes of [${x.shape.join(', ')}] are 1 is not known; the model must name them`)
  const axes = [...x.shape.keys()].filter((i) => x.shape[i] === 1)
  if (axes.length === 0) d.build = () => [x]
  else put(d, 1, d.graph.ints(axes))
}

/** Inference: the input itself, and a mask: all true since opset 12; before, nothing was said of it and ORT gives zeros. */
export const dropout: Upgrade = (d) => {
  const x = input(d, 0, 'the input')
  const [ratio, mode] = [d.inputs[1], d.inputs[2]]
  const training = mode ? !mode.data || Number(mode.data.data[0]) !== 0 : d.opset < 7 && !d.attrs['is_test'] && d.outputs > 1
  const nothing = ratio?.data ? Number(ratio.data.data[0]) === 0 : d.attrs['ratio'] === 0
  if (training && !nothing) throw new GraphError('Dropout: training mode draws random numbers, which is not supported; export the model for inference')
  d.build = () => [x, ...(d.outputs > 1 ? [filled(x, d.opset < 10 ? x.dtype : 'bool', d.opset < 12 ? 0 : 1)] : [])]
}

function filled(x: Value, dtype: DType, v: number): Value {
  if (!isStatic(x.shape) || elements(x.shape) > 2 ** 16) return constantOfShape(shapeOf(x), v, dtype)
  return x.graph.constant(typed(dtype, new Array<number>(elements(x.shape)).fill(v)), dtype, x.shape)
}

/** Opset 10 sampled like Upsample; later an empty roi, scales or sizes means that it is left out. */
export const resizing: Upgrade = (d) => {
  if (d.opset < 11) {
    d.inputs = [input(d, 0, 'the input'), null, input(d, 1, 'scales')]
    sampledOld(d)
  }
  d.inputs = d.inputs.map((v, i) => (i > 0 && v?.shape.length === 1 && v.shape[0] === 0 ? null : v))
  if (d.attrs['coordinate_transformation_mode'] !== 'tf_crop_and_resize') {
    if (d.inputs.length > 1) put(d, 1, null)
    take(d, 'extrapolation_value')
  }
  unless({ exclude_outside: 0, keep_aspect_ratio_policy: 'stretch' })(d)
  if (d.attrs['mode'] !== 'cubic') without('cubic_coeff_a', 'exclude_outside')(d)
  if ((d.attrs['mode'] ?? 'nearest') !== 'nearest') take(d, 'nearest_mode')
}

/** Upsample (opsets 7 to 9) is Resize. */
export const upsampling: Upgrade = (d) => {
  const scales = take(d, 'scales')
  const list = Array.isArray(scales) ? scales.filter((v) => typeof v === 'number') : null
  d.inputs = [input(d, 0, 'the input'), null, list ? d.graph.constant(Float32Array.from(list), 'float32', [list.length]) : input(d, 1, 'scales')]
  d.op = 'Resize'
  sampledOld(d)
}

function sampledOld(d: Draft): void {
  const mode = d.attrs['mode'] === 'bilinear' ? 'linear' : (d.attrs['mode'] ?? 'nearest')
  d.attrs = { mode, coordinate_transformation_mode: 'asymmetric', ...(mode === 'nearest' && { nearest_mode: 'floor' }) }
}

/** Before opset 7 a slope of C elements belonged to the channel axis. */
export const slopes: Upgrade = before(7, (d) => {
  const [x, slope] = [input(d, 0, 'the input'), input(d, 1, 'the slope')]
  if (slope.shape.length === 1 && slope.shape[0] !== 1 && x.shape.length > 2) d.inputs[1] = unsqueeze(slope, Array.from({ length: x.shape.length - 2 }, (_, i) => i + 1))
})

/** GroupNormalization had one scale and bias a group before opset 21; since then one a channel. */
export const perChannel: Upgrade = before(21, (d) => {
  const [x, groups] = [input(d, 0, 'the input'), d.attrs['num_groups']]
  const channels = x.shape[1]
  if (typeof channels !== 'number' || typeof groups !== 'number' || groups < 1 || channels % groups !== 0) throw new GraphError(`GroupNormalization: ${JSON.stringify(groups)} groups of ${String(channels)} channels`)
  const index = d.graph.constant(BigInt64Array.from({ length: channels }, (_, c) => BigInt(Math.floor((c * groups) / channels))), 'int64', [channels])
  for (const i of [1, 2]) d.inputs[i] = gather(input(d, i, 'scale or bias'), index)
})

/** Pow takes an exponent of another type than its base; the operator here takes one type. */
export const exponents: Upgrade = (d) => {
  aligned(d)
  const [a, b] = [input(d, 0, 'the base'), input(d, 1, 'the exponent')]
  const real = ['float32', 'float64', 'float16']
  if (a.dtype === b.dtype) return
  if (real.includes(a.dtype) || !real.includes(b.dtype)) d.inputs[1] = cast(b, a.dtype)
  else d.build = (def) => [cast(single(def, [cast(a, b.dtype), b]), a.dtype)]
}

/** Recurrent operators of layout 1 have the batch first; here time is first. */
export const timeFirst: Upgrade = (d) => {
  take(d, 'output_sequence')
  unless({ input_forget: 0 })(d)
  if (take(d, 'layout') !== 1) return
  const swap = (v: Value | null | undefined): Value | null => (v ? transpose(v, [1, 0, 2]) : null)
  d.build = (def) => {
    const [y, ...last] = apply(def, d.inputs.map((v, i) => (i === 0 || i === 5 || i === 6 ? swap(v) : v)), given(d), d.graph)
    return [y ? transpose(y, [2, 0, 1, 3]) : null, ...last.map(swap)]
  }
}
