// Where: a where the condition holds, else b (opset 9, 16 for more types).
// https://onnx.ai/onnx/operators/onnx__Where.html (opset 16)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { ANY, must, operands, scalarOf, single, type Operand } from './support/rule.ts'
import { broadcast } from './support/shape.ts'

export const Where = defineOp({
  name: 'Where',
  domain: '',
  since: 9,
  inputs: [
    { name: 'condition', dtypes: ['bool'] },
    { name: 'X', dtypes: ANY, type: 'T' },
    { name: 'Y', dtypes: ANY, type: 'T' },
  ],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: ({ op, inputs }) => {
    const [c, a, b] = [must(inputs, 0), must(inputs, 1), must(inputs, 2)]
    return [{ dtype: a.dtype, shape: broadcast(op, broadcast(op, c.shape, a.shape), b.shape) }]
  },
  grad: (ctx) => {
    const [c, g] = [must(ctx.inputs, 0), must(ctx.grads, 0)]
    const zero = scalarOf(ctx.graph, g.dtype, 0)
    return [null, ctx.needs(1) ? where(c, g, zero) : null, ctx.needs(2) ? where(c, zero, g) : null]
  },
})

/** `condition` is bool; all three broadcast. */
export function where(condition: Value, a: Operand, b: Operand): Value {
  return single(Where, [condition, ...operands('Where', a, b)])
}
