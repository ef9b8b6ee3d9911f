// Gemm: alpha · A · B + beta · C of matrices, each of A and B transposed on request.
// https://onnx.ai/onnx/operators/onnx__Gemm.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { mul } from './mul.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { broadcast, text } from './support/shape.ts'

const flag = z.literal([0, 1]).default(0)
const attributes = z.strictObject({ alpha: z.number().default(1), beta: z.number().default(1), transA: flag, transB: flag })

export const Gemm = defineOp<z.infer<typeof attributes>>({
  name: 'Gemm',
  domain: '',
  since: 13,
  inputs: [
    { name: 'A', dtypes: FLOATS, type: 'T' },
    { name: 'B', dtypes: FLOATS, type: 'T' },
    { name: 'C', dtypes: FLOATS, type: 'T', optional: true },
  ],
  outputs: [1, 1],
  attributes,
  floats: ['alpha', 'beta'],
  infer: ({ op, inputs, attrs }) => {
    const [a, b] = [must(inputs, 0), must(inputs, 1)]
    if (a.shape.length !== 2 || b.shape.length !== 2) throw new GraphError(`Gemm: A ${text(a.shape)} and B ${text(b.shape)} must be matrices`)
    const [m, k] = attrs.transA ? [must(a.shape, 1), must(a.shape, 0)] : [must(a.shape, 0), must(a.shape, 1)]
    const [l, n] = attrs.transB ? [must(b.shape, 1), must(b.shape, 0)] : [must(b.shape, 0), must(b.shape, 1)]
    if (k !== l) throw new GraphError(`Gemm: A ${text(a.shape)}${attrs.transA ? ' transposed' : ''} times B ${text(b.shape)}${attrs.transB ? ' transposed' : ''}: ${k} columns against ${l} rows`)
    const c = inputs[2]
    if (c && text(broadcast(op, c.shape, [m, n])) !== text([m, n])) throw new GraphError(`Gemm: C ${text(c.shape)} does not broadcast to ${text([m, n])}`)
    return [{ dtype: a.dtype, shape: [m, n] }]
  },
  grad: (ctx) => {
    const [a, b, g] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.grads, 0)]
    const { alpha, beta } = ctx.attrs
    const [transA, transB] = [ctx.attrs.transA === 1, ctx.attrs.transB === 1]
    return [
      ctx.needs(0) ? (transA ? gemm(b, g, null, { alpha, transA: transB, transB: true }) : gemm(g, b, null, { alpha, transB: !transB })) : null,
      ctx.needs(1) ? (transB ? gemm(g, a, null, { alpha, transA: true, transB: transA }) : gemm(a, g, null, { alpha, transA: !transA })) : null,
      ctx.needs(2) ? (beta === 1 ? g : mul(g, beta)) : null,
    ]
  },
})

export interface GemmOptions {
  readonly transA?: boolean
  readonly transB?: boolean
  readonly alpha?: number
  readonly beta?: number
}

/** [M, K] · [K, N] + C, C broadcast to [M, N]. */
export function gemm(a: Value, b: Value, c: Value | null = null, { transA = false, transB = false, alpha = 1, beta = 1 }: GemmOptions = {}): Value {
  return single(Gemm, [a, b, c], { alpha, beta, transA: transA ? 1 : 0, transB: transB ? 1 : 0 })
}
