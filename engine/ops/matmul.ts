// MatMul: matrix product over the last two axes; the axes before broadcast.
// https://onnx.ai/onnx/operators/onnx__MatMul.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { gemm } from './gemm.ts'
import { reshape } from './reshape.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { broadcast, rankAtLeast, text } from './support/shape.ts'
import { transpose } from './transpose.ts'

export const MatMul = defineOp({
  name: 'MatMul',
  domain: '',
  since: 13,
  inputs: [
    { name: 'A', dtypes: FLOATS, type: 'T' },
    { name: 'B', dtypes: FLOATS, type: 'T' },
  ],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: ({ op, inputs }) => {
    const a = rankAtLeast(op, 'A', inputs[0], 2)
    const b = rankAtLeast(op, 'B', inputs[1], 2)
    if (a.at(-1) !== b.at(-2)) throw new GraphError(`MatMul: ${text(a)} times ${text(b)}: ${a.at(-1) ?? '?'} columns against ${b.at(-2) ?? '?'} rows`)
    return [{ dtype: must(inputs, 0).dtype, shape: [...broadcast(op, a.slice(0, -2), b.slice(0, -2)), must(a, a.length - 2), must(b, b.length - 1)] }]
  },
  grad: (ctx) => {
    const [a, b, g] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.grads, 0)]
    return [ctx.needs(0) ? matmul(g, swap(b)) : null, ctx.needs(1) ? right(a, b, g) : null]
  },
})

/** With one matrix for the whole batch, one tall product instead of a sum over the batch. */
function right(a: Value, b: Value, g: Value): Value {
  if (b.shape.length > 2) return matmul(swap(a), g)
  return gemm(reshape(a, [-1, must(a.shape, a.shape.length - 1)]), reshape(g, [-1, must(g.shape, g.shape.length - 1)]), null, { transA: true })
}

function swap(x: Value): Value {
  const r = x.shape.length
  return transpose(x, [...Array.from({ length: r - 2 }, (_, i) => i), r - 1, r - 2])
}

/** Rank 2 or more. */
export function matmul(a: Value, b: Value): Value {
  return single(MatMul, [a, b])
}
