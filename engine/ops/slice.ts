// Slice: part of a tensor: start, end (not included) and step along some axes.
// https://onnx.ai/onnx/operators/onnx__Slice.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { Dim } from '../graph/types.ts'
import { pad } from './pad.ts'
import { reshape } from './reshape.ts'
import { ANY, first, intsOf, intsOr, must, single } from './support/rule.ts'
import { axesOf, plus, text } from './support/shape.ts'
import { unsqueeze } from './unsqueeze.ts'

/** An end past every size. */
export const END = 2 ** 31 - 1

export const Slice = defineOp({
  name: 'Slice',
  domain: '',
  since: 13,
  inputs: [
    { name: 'data', dtypes: ANY },
    { name: 'starts', dtypes: ['int64'] },
    { name: 'ends', dtypes: ['int64'] },
    { name: 'axes', dtypes: ['int64'], optional: true },
    { name: 'steps', dtypes: ['int64'], optional: true },
  ],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const [starts, ends] = [intsOr(ctx, 1, null), intsOr(ctx, 2, null)]
    const given = ctx.inputs[3] ? intsOr(ctx, 3, null) : (starts ?? ends ?? shape).map((_, i) => i)
    const steps = ctx.inputs[4] ? intsOr(ctx, 4, null) : (starts ?? ends ?? shape).map(() => 1)
    const axes = given && axesOf(ctx.op, given, shape.length)
    if (!starts || !ends || !axes || !steps) return [{ dtype, shape: shape.map((d, i) => (axes && !axes.includes(i) ? d : ctx.free(i))) }]
    if (ends.length !== starts.length || axes.length !== starts.length || steps.length !== starts.length) throw new GraphError(`Slice: starts ${text(starts)}, ends ${text(ends)}, axes ${text(axes)} and steps ${text(steps)} differ in length`)
    const out = [...shape]
    axes.forEach((a, i) => (out[a] = sliced(must(shape, a), must(starts, i), must(ends, i), must(steps, i))))
    return [{ dtype, shape: out }]
  },
  grad: (ctx) => {
    const x = must(ctx.inputs, 0)
    const starts = intsOf(must(ctx.inputs, 1)) ?? []
    const axes = ctx.inputs[3] ? axesOf('Slice', intsOf(ctx.inputs[3]) ?? [], x.shape.length) : starts.map((_, i) => i)
    const ends = intsOf(must(ctx.inputs, 2)) ?? []
    const steps = (ctx.inputs[4] && intsOf(ctx.inputs[4])) ?? starts.map(() => 1)
    return [spread(must(ctx.grads, 0), x, axes, starts, ends, steps)]
  },
})

const clamp = (v: number, lo: number, hi: number): number => Math.min(Math.max(v, lo), hi)

/** First index and number of indices taken from an axis of `n`. The largest int32 or int64 as an end means all, backwards too (ORT). */
function range(n: number, start: number, end: number, step: number): [from: number, count: number] {
  if (step === 0) throw new GraphError('Slice: a step of 0')
  const s = start < 0 ? start + n : start
  const e = end < 0 ? end + n : end
  const from = step > 0 ? clamp(s, 0, n) : clamp(s, 0, n - 1)
  const to = step > 0 ? clamp(e, 0, n) : end === END || end === 2 ** 63 ? -1 : clamp(e, -1, n - 1)
  return [from, Math.max(0, Math.ceil((to - from) / step))]
}

function sliced(n: Dim, start: number, end: number, step: number): Dim {
  if (typeof n === 'number') return range(n, start, end, step)[1]
  if (Math.abs(step) === 1 && ((step === 1 && start === 0 && end >= END) || (step === -1 && start === -1 && end <= -END))) return n
  if (step === 1 && start >= 0 && end >= END) return plus(n, -start)
  if (step === 1 && start >= 0 && end < 0) return plus(n, end - start)
  if (step === 1 && start < 0 && end >= END) return start === -1 ? 1 : `min(${n},${-start})`
  if (step === 1 && start >= 0 && end > start) return `min(${n},${end})${start > 0 ? `-${start}` : ''}`
  return `slice(${n},${start},${end},${step})`
}

/** Puts the gradient of a slice back where it was taken from, zeros elsewhere. */
function spread(grad: Value, x: Value, axes: readonly number[], starts: readonly number[], ends: readonly number[], steps: readonly number[]): Value {
  let g = grad
  const rank = x.shape.length
  const before = new Array<number>(rank).fill(0)
  const after = new Array<number>(rank).fill(0)
  axes.forEach((a, i) => {
    const n = must(x.shape, a)
    const [start, end, step] = [must(starts, i), must(ends, i), must(steps, i)]
    if (step < 0) g = slice(g, { starts: [-1], ends: [-END - 1], axes: [a], steps: [-1] })
    if (typeof n === 'string') {
      if (sliced(n, start, end, step) === n) return
      if (step === 1 && start >= 0 && (end < 0 || end >= END)) {
        before[a] = start
        after[a] = end < 0 ? -end : 0
        return
      }
      throw new GraphError(`Slice: the gradient needs a known size along axis ${a}, found '${n}'`)
    }
    const [from, count] = range(n, start, end, step)
    const stride = Math.abs(step)
    if (stride > 1 && count > 1) g = dilate(g, a, count, stride)
    const low = step > 0 ? from : from + (count - 1) * step
    before[a] = low
    after[a] = n - low - ((count - 1) * stride + 1)
  })
  return before.some((v) => v !== 0) || after.some((v) => v !== 0) ? pad(g, [...before, ...after]) : g
}

/** Zeros between the elements of an axis. */
function dilate(g: Value, axis: number, count: number, stride: number): Value {
  const rank = g.shape.length + 1
  const pads = new Array<number>(2 * rank).fill(0)
  pads[rank + axis + 1] = stride - 1
  const wide = pad(unsqueeze(g, [axis + 1]), pads)
  const merged = reshape(wide, [...g.shape.slice(0, axis), count * stride, ...g.shape.slice(axis + 1)])
  return slice(merged, { starts: [0], ends: [(count - 1) * stride + 1], axes: [axis] })
}

export interface SliceSpec {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  /** All from the first where left out. */
  readonly axes?: readonly number[]
  readonly steps?: readonly number[]
}

export function slice(x: Value, { starts, ends, axes, steps }: SliceSpec): Value {
  const g = x.graph
  return single(Slice, [x, g.ints(starts), g.ints(ends), g.ints(axes ?? starts.map((_, i) => i)), steps ? g.ints(steps) : null])
}
