// DFT: discrete Fourier transform along an axis; the last axis holds real and imaginary part (or the real part alone).
// https://onnx.ai/onnx/operators/onnx__DFT.html (opset 20, where the axis became an input). It is linear: the gradient is the adjoint,
// N times the inverse transform of a forward one, 1/N times the forward transform of an inverse one.
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { knownNumbers } from '../graph/known.ts'
import { defineOp } from '../graph/op.ts'
import type { Dim } from '../graph/types.ts'
import { mul } from './mul.ts'
import { pad } from './pad.ts'
import { slice } from './slice.ts'
import { FLOATS, intsOr, must, scalarOf, single } from './support/rule.ts'
import { axisOf, rankAtLeast, text } from './support/shape.ts'
import { known } from './support/window.ts'

const attributes = z.strictObject({ inverse: z.literal([0, 1]).default(0), onesided: z.literal([0, 1]).default(0) })

export const DFT = defineOp<z.infer<typeof attributes>>({
  name: 'DFT',
  domain: '',
  since: 20,
  inputs: [
    { name: 'input', dtypes: FLOATS },
    { name: 'dft_length', dtypes: ['int64', 'int32'], optional: true },
    { name: 'axis', dtypes: ['int64'], optional: true },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const shape = rankAtLeast(ctx.op, 'input', ctx.inputs[0], 2)
    const [parts, { inverse, onesided }] = [shape.at(-1), ctx.attrs]
    if (parts !== 1 && parts !== 2) throw new GraphError(`DFT: the last axis of ${text(shape)} must hold the real part (1) or both parts (2)`)
    if (onesided === 1 && (inverse === 1 || parts === 2)) throw new GraphError('DFT: one side is enough only of the forward transform of a real signal')
    const given = ctx.inputs[2] ? intsOr(ctx, 2, null)?.[0] : -2
    if (given === undefined) throw new GraphError('DFT: the axis must be a constant here')
    const axis = axisOf(ctx.op, given, shape.length)
    if (axis === shape.length - 1) throw new GraphError(`DFT: axis ${axis} of ${text(shape)} holds the parts of the numbers`)
    const n = ctx.inputs[1] ? (ctx.dims(1)?.[0] ?? ctx.free()) : must(shape, axis)
    return [{ dtype: must(ctx.inputs, 0).dtype, shape: shape.map((d, i) => (i === axis ? (onesided === 1 ? half(n) : n) : i === shape.length - 1 ? 2 : d)) }]
  },
  grad: (ctx) => {
    const [x, y, g] = [must(ctx.inputs, 0), must(ctx.outputs, 0), must(ctx.grads, 0)]
    const rank = x.shape.length
    const axis = axisOf('DFT', (ctx.inputs[2] && knownNumbers(ctx.inputs[2])?.[0]) ?? -2, rank)
    const from = known('DFT', 'the length of the signal', x.shape[axis])
    const length = ctx.inputs[1] ? known('DFT', 'the length of the transform', knownNumbers(ctx.inputs[1])?.[0]) : from
    const whole = resized(g, axis, known('DFT', 'the output', y.shape[axis]), length)
    const back = mul(dft(whole, { axis, inverse: ctx.attrs.inverse === 0 }), ctx.attrs.inverse === 0 ? length : 1 / length)
    const real = x.shape[rank - 1] === 1 ? slice(back, { starts: [0], ends: [1], axes: [rank - 1] }) : back
    return [resized(real, axis, length, from)]
  },
})

const half = (n: Dim): Dim => (typeof n === 'number' ? Math.floor(n / 2) + 1 : `floor((${n})/2)+1`)

/** Cut, or continued with zeros. */
function resized(v: Value, axis: number, from: number, to: number): Value {
  const rank = v.shape.length
  if (to < from) return slice(v, { starts: [0], ends: [to], axes: [axis] })
  return to === from ? v : pad(v, Array.from({ length: 2 * rank }, (_, i) => (i === rank + axis ? to - from : 0)))
}

export interface DftOptions {
  readonly axis?: number
  /** Of the transform: the signal is cut or continued with zeros. */
  readonly length?: number
  readonly inverse?: boolean
  /** Only the first half of a real signal's spectrum: the other mirrors it. */
  readonly onesided?: boolean
}

/** x [..., n, ..., 1 or 2] to [..., length, ..., 2]. Needs opset 20. */
export function dft(x: Value, { axis = -2, length, inverse = false, onesided = false }: DftOptions = {}): Value {
  const integer = (v: number): Value => scalarOf(x.graph, 'int64', v)
  return single(DFT, [x, length === undefined ? null : integer(length), integer(axis)], { inverse: inverse ? 1 : 0, onesided: onesided ? 1 : 0 })
}
