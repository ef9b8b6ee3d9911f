// DepthToSpace: blocks of channels moved into space: [N, b²·C, H, W] to [N, C, b·H, b·W].
// https://onnx.ai/onnx/operators/onnx__DepthToSpace.html (opset 13); Shi et al., "Sub-Pixel Convolutional Neural Network", 2016 (mode CRD).
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { gather } from './gather.ts'
import { spaceToDepth } from './space_to_depth.ts'
import { first, FLOATS, must, single } from './support/rule.ts'
import { quotient, size, text } from './support/shape.ts'
import { known } from './support/window.ts'

const attributes = z.strictObject({ blocksize: z.int().min(1), mode: z.enum(['DCR', 'CRD']).default('DCR') })

export const DepthToSpace = defineOp<z.infer<typeof attributes>>({
  name: 'DepthToSpace',
  domain: '',
  since: 13,
  inputs: [{ name: 'input', dtypes: [...FLOATS, 'int8', 'uint8'] }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const b = ctx.attrs.blocksize
    const [n, c, h, w] = shape
    if (shape.length !== 4 || n === undefined || c === undefined || h === undefined || w === undefined) throw new GraphError(`DepthToSpace: the input has shape ${text(shape)}, expected [N, C, H, W]`)
    const depth = quotient([c], [b * b])
    if (depth === null && typeof c === 'number') throw new GraphError(`DepthToSpace: ${c} channels are no multiple of ${b}·${b}`)
    return [{ dtype, shape: [n, depth ?? `floor((${c})/${b * b})`, size([h, b]), size([w, b])] }]
  },
  grad: (ctx) => {
    const b = ctx.attrs.blocksize
    const back = spaceToDepth(must(ctx.grads, 0), b)
    if (ctx.attrs.mode === 'DCR') return [back]
    const x = must(ctx.inputs, 0)
    const depth = known('DepthToSpace', 'the number of channels in mode CRD', x.shape[1]) / (b * b)
    // Channel c·b² + block of x is channel block·C + c of mode DCR.
    const order = Array.from({ length: depth * b * b }, (_, i) => (i % (b * b)) * depth + Math.floor(i / (b * b)))
    return [gather(back, x.graph.ints(order), 1)]
  },
})

/** Mode CRD is the pixel shuffle of PyTorch. */
export function depthToSpace(x: Value, blocksize: number, mode: 'DCR' | 'CRD' = 'DCR'): Value {
  return single(DepthToSpace, [x], { blocksize, mode })
}
