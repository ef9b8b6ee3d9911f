// Trilu: the upper or lower triangle of the last two axes, zeros elsewhere.
// https://onnx.ai/onnx/operators/onnx__Trilu.html (opset 14)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp, type OpDef } from '../graph/op.ts'
import { FLOATS, must, scalarOf, single } from './support/rule.ts'
import { rankAtLeast } from './support/shape.ts'

const attributes = z.strictObject({ upper: z.literal([0, 1]).default(1) })

export const Trilu: OpDef = defineOp<z.infer<typeof attributes>>({
  name: 'Trilu',
  domain: '',
  since: 14,
  inputs: [
    { name: 'input', dtypes: [...FLOATS, 'int64', 'int32', 'bool'] },
    { name: 'k', dtypes: ['int64'], optional: true },
  ],
  outputs: [1, 1],
  attributes,
  infer: ({ op, inputs }) => {
    rankAtLeast(op, 'input', inputs[0], 2)
    return [must(inputs, 0)]
  },
  grad: (ctx) => [single(Trilu, [must(ctx.grads, 0), ctx.inputs[1] ?? null], ctx.attrs), null],
})

/** `k` moves the diagonal up (positive) or down. */
export function trilu(x: Value, { upper = true, k = 0 }: { upper?: boolean; k?: number } = {}): Value {
  return single(Trilu, [x, k === 0 ? null : scalarOf(x.graph, 'int64', k)], { upper: upper ? 1 : 0 })
}
