// AffineGrid: where each place of the output lies in the input under an affine map; coordinates run from -1 to 1.
// https://onnx.ai/onnx/operators/onnx__AffineGrid.html (opset 20); Jaderberg et al. 2015, https://arxiv.org/abs/1506.02025
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { matmul } from './matmul.ts'
import { reshape } from './reshape.ts'
import { must, single, typed } from './support/rule.ts'
import { text } from './support/shape.ts'
import { known } from './support/window.ts'
import { transpose } from './transpose.ts'

const attributes = z.strictObject({ align_corners: z.literal([0, 1]).default(0) })

export const AffineGrid = defineOp<z.infer<typeof attributes>>({
  name: 'AffineGrid',
  domain: '',
  since: 20,
  inputs: [
    { name: 'theta', dtypes: ['float32', 'float64', 'float16'] },
    { name: 'size', dtypes: ['int64'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = must(ctx.inputs, 0)
    const size = ctx.dims(1)
    if (!size) throw new GraphError('AffineGrid: the size must be a constant or the Shape of a value')
    const n = size.length - 2
    if ((n !== 2 && n !== 3) || shape.length !== 3 || text(shape.slice(1)) !== text([n, n + 1])) throw new GraphError(`AffineGrid: maps ${text(shape)} and size ${text(size)}, expected [N, 2, 3] for [N, C, H, W] or [N, 3, 4] for [N, C, D, H, W]`)
    return [{ dtype, shape: [must(shape, 0), ...size.slice(2), n] }]
  },
  grad: (ctx) => {
    const g = must(ctx.grads, 0)
    const sizes = g.shape.slice(1, -1).map((d) => known('AffineGrid', 'the size', d))
    const n = sizes.length
    const points = places(sizes, ctx.attrs.align_corners === 1)
    const base = ctx.graph.constant(typed(g.dtype, points.flat()), g.dtype, [points.length, n + 1])
    return [matmul(transpose(reshape(g, [must(g.shape, 0), points.length, n]), [0, 2, 1]), base), null]
  },
})

/** Homogeneous coordinates (x, y, …, 1) of all places, last axis fastest. */
function places(sizes: readonly number[], align: boolean): number[][] {
  const along = sizes.map((size) => Array.from({ length: size }, (_, i) => (align ? (size === 1 ? 0 : (2 * i) / (size - 1) - 1) : (2 * i + 1) / size - 1)))
  return along.reduce<number[][]>((all, axis) => all.flatMap((p) => axis.map((v) => [v, ...p])), [[1]])
}

/** theta [N, 2, 3] or [N, 3, 4]; `sizes` are the output's spatial ones. Gives [N, ...sizes, 2 or 3]. */
export function affineGrid(theta: Value, sizes: readonly number[], alignCorners = false): Value {
  const batch = theta.shape[0]
  return single(AffineGrid, [theta, theta.graph.ints([typeof batch === 'number' ? batch : 1, 1, ...sizes])], { align_corners: alignCorners ? 1 : 0 })
}
