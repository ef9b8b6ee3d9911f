// Det: determinants of the matrices in the last two axes. Gradient: the matrix of cofactors, each a determinant itself.
// https://onnx.ai/onnx/operators/onnx__Det.html (opset 11)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { gather } from './gather.ts'
import { mul } from './mul.ts'
import { reshape, reshapeLike } from './reshape.ts'
import { first, FLOATS, single, typed, unaryRule } from './support/rule.ts'
import { rankAtLeast, text } from './support/shape.ts'
import { known } from './support/window.ts'

export const Det = defineOp({
  name: 'Det',
  domain: '',
  since: 11,
  inputs: [{ name: 'X', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const x = rankAtLeast(ctx.op, 'X', first(ctx), 2)
    if (x.at(-1) !== x.at(-2)) throw new GraphError(`Det: ${text(x)} holds no square matrices`)
    return [{ dtype, shape: shape.slice(0, -2) }]
  },
  grad: unaryRule((g, x) => {
    const n = known('Det', 'the size of the matrices', x.shape.at(-1))
    const spread = reshape(g, [...g.shape, 1, 1])
    if (n === 1) return spread
    return mul(spread, cofactors(x, n))
  }),
})

/** (-1)^(i+j) times the determinant without row i and column j, for all i and j at once. */
function cofactors(x: Value, n: number): Value {
  const all = Array.from({ length: n }, (_, i) => i)
  const kept = all.flatMap((i) => all.flatMap((j) => all.filter((r) => r !== i).flatMap((r) => all.filter((c) => c !== j).map((c) => r * n + c))))
  const indices = x.graph.constant(typed('int64', kept), 'int64', [n * n, n - 1, n - 1])
  const minors = det(gather(reshape(x, [...x.shape.slice(0, -2), n * n]), indices, x.shape.length - 2))
  const signs = all.flatMap((i) => all.map((j) => ((i + j) % 2 === 0 ? 1 : -1)))
  return mul(reshapeLike(minors, x), x.graph.constant(typed(x.dtype, signs), x.dtype, [n, n]))
}

/** [..., M, M] to [...]. */
export function det(x: Value): Value {
  return single(Det, [x])
}
