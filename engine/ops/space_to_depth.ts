// SpaceToDepth: blocks of space moved into channels: [N, C, b·H, b·W] to [N, b²·C, H, W].
// https://onnx.ai/onnx/operators/onnx__SpaceToDepth.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { sameShape, type Dim } from '../graph/types.ts'
import { sizesOf } from './constant_of_shape.ts'
import { depthToSpace } from './depth_to_space.ts'
import { Reshape } from './reshape.ts'
import { first, FLOATS, must, single } from './support/rule.ts'
import { quotient, size, text } from './support/shape.ts'

const attributes = z.strictObject({ blocksize: z.int().min(1) })

export const SpaceToDepth = defineOp<z.infer<typeof attributes>>({
  name: 'SpaceToDepth',
  domain: '',
  since: 13,
  inputs: [{ name: 'input', dtypes: [...FLOATS, 'int8', 'uint8'] }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const b = ctx.attrs.blocksize
    const [n, c, h, w] = shape
    if (shape.length !== 4 || n === undefined || c === undefined || h === undefined || w === undefined) throw new GraphError(`SpaceToDepth: the input has shape ${text(shape)}, expected [N, C, H, W]`)
    return [{ dtype, shape: [n, size([c, b * b]), blocks(h, b), blocks(w, b)] }]
  },
  grad: (ctx) => {
    const [x, back] = [must(ctx.inputs, 0), depthToSpace(must(ctx.grads, 0), ctx.attrs.blocksize)]
    // A symbolic size that was divided and multiplied again is written differently; it is the same.
    return [sameShape(back.shape, x.shape) ? back : single(Reshape, [back, sizesOf(x.graph, x)])]
  },
})

function blocks(d: Dim, b: number): Dim {
  const count = quotient([d], [b])
  if (count === null && typeof d === 'number') throw new GraphError(`SpaceToDepth: a size of ${d} is no multiple of the block's ${b}`)
  return count ?? `floor((${d})/${b})`
}

export function spaceToDepth(x: Value, blocksize: number): Value {
  return single(SpaceToDepth, [x], { blocksize })
}
