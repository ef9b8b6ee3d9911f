// STFT: short-time Fourier transform: frames of a signal, weighted by a window, each transformed.
// https://onnx.ai/onnx/operators/onnx__STFT.html (opset 17). The gradient adds the adjoint of each frame up where frames overlap.
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { knownNumbers } from '../graph/known.ts'
import { defineOp } from '../graph/op.ts'
import { dft } from './dft.ts'
import { fullLike } from './constant_of_shape.ts'
import { gather } from './gather.ts'
import { mul } from './mul.ts'
import { pad } from './pad.ts'
import { reduceSum } from './reduce_sum.ts'
import { reshape } from './reshape.ts'
import { scatterND } from './scatter_nd.ts'
import { slice } from './slice.ts'
import { FLOATS, must, scalarOf, single } from './support/rule.ts'
import { plus, rankAtLeast, text } from './support/shape.ts'
import { known } from './support/window.ts'
import { transpose } from './transpose.ts'

const attributes = z.strictObject({ onesided: z.literal([0, 1]).default(1) })

export const STFT = defineOp<z.infer<typeof attributes>>({
  name: 'STFT',
  domain: '',
  since: 17,
  inputs: [
    { name: 'signal', dtypes: FLOATS, type: 'T' },
    { name: 'frame_step', dtypes: ['int64', 'int32'] },
    { name: 'window', dtypes: FLOATS, type: 'T', optional: true },
    { name: 'frame_length', dtypes: ['int64', 'int32'], optional: true },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const shape = rankAtLeast(ctx.op, 'signal', ctx.inputs[0], 3)
    const [batch = 0, length = 0, parts] = shape
    if (shape.length !== 3 || (parts !== 1 && parts !== 2) || (parts === 2 && ctx.attrs.onesided === 1)) throw new GraphError(`STFT: a signal ${text(shape)}, expected [batch, length, 1], or with both sides [batch, length, 2]`)
    const frame = (ctx.inputs[3] ? ctx.dims(3)?.[0] : ctx.inputs[2]?.shape[0]) ?? ctx.free(2)
    const step = ctx.dims(1)?.[0]
    if (typeof frame !== 'number' || typeof step !== 'number') return [{ dtype: must(ctx.inputs, 0).dtype, shape: [batch, ctx.free(0), ctx.free(1), 2] }]
    if (step < 1 || frame < 1 || (typeof length === 'number' && frame > length)) throw new GraphError(`STFT: frames of ${frame} every ${step} do not fit a signal of ${length}`)
    const room = plus(length, -frame)
    const frames = typeof room === 'number' ? Math.floor(room / step) + 1 : `floor((${room})/${step})+1`
    return [{ dtype: must(ctx.inputs, 0).dtype, shape: [batch, frames, ctx.attrs.onesided === 1 ? Math.floor(frame / 2) + 1 : frame, 2] }]
  },
  grad: (ctx) => {
    const [x, window, y, g] = [must(ctx.inputs, 0), ctx.inputs[2] ?? null, must(ctx.outputs, 0), must(ctx.grads, 0)]
    if (x.shape[2] !== 1) throw new GraphError('STFT: the gradient is for real signals')
    const length = known('STFT', 'the length of the signal', x.shape[1])
    const [frames, bins] = [known('STFT', 'the number of frames', y.shape[1]), known('STFT', 'the number of bins', y.shape[2])]
    const frame = known('STFT', 'the length of a frame', ctx.inputs[3] ? knownNumbers(ctx.inputs[3])?.[0] : window?.shape[0])
    const step = known('STFT', 'the step', knownNumbers(must(ctx.inputs, 1))?.[0])
    const full = bins === frame ? g : pad(g, [0, 0, 0, 0, 0, 0, frame - bins, 0])
    // [batch, frames, frame]: what each frame, already weighted, gets back.
    const back = reshape(slice(mul(dft(full, { inverse: true }), frame), { starts: [0], ends: [1], axes: [3] }), [0, 0, 0])
    const flat = Array.from({ length: frames * frame }, (_, i) => Math.floor(i / frame) * step + (i % frame))
    const rows = x.graph.constant(BigInt64Array.from(flat, BigInt), 'int64', [flat.length, 1])
    const signal = transpose(reshape(x, [0, -1]), [1, 0])
    return [ctx.needs(0) ? summed(window ? mul(back, window) : back, signal, rows, x, length) : null, null, window && ctx.needs(2) ? reduceSum(mul(back, framed(signal, rows, frames, frame)), [0, 1]) : null, null]
  },
})

/** Frames [batch, frames, frame] added up in the signal [batch, length, 1]. */
function summed(parts: Value, signal: Value, rows: Value, x: Value, length: number): Value {
  const list = transpose(reshape(parts, [0, -1]), [1, 0])
  return reshape(transpose(scatterND(fullLike(signal, 0), rows, list, 'add'), [1, 0]), [must(x.shape, 0), length, 1])
}

/** Frames [batch, frames, frame] of a signal [length, batch]. */
function framed(signal: Value, rows: Value, frames: number, frame: number): Value {
  return transpose(gather(signal, reshape(rows, [frames, frame])), [2, 0, 1])
}

/** signal [batch, length, 1], window [frame]: to [batch, frames, frame/2 + 1, 2] (both sides: frame bins). */
export function stft(signal: Value, window: Value, step: number, onesided = true): Value {
  return single(STFT, [signal, scalarOf(signal.graph, 'int64', step), window, null], { onesided: onesided ? 1 : 0 })
}
