// IsInf: true where the element is infinite.
// https://onnx.ai/onnx/operators/onnx__IsInf.html (opset 10; float16 came with 20)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { first, single } from './support/rule.ts'

const attributes = z.strictObject({ detect_negative: z.literal([0, 1]).default(1), detect_positive: z.literal([0, 1]).default(1) })

export const IsInf = defineOp<z.infer<typeof attributes>>({
  name: 'IsInf',
  domain: '',
  since: 10,
  inputs: [{ name: 'X', dtypes: ['float32', 'float64'] }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => [{ dtype: 'bool', shape: first(ctx).shape }],
  grad: 'none',
})

/** Both signs where left out. */
export function isInf(x: Value, { negative = true, positive = true }: { negative?: boolean; positive?: boolean } = {}): Value {
  return single(IsInf, [x], { detect_negative: negative ? 1 : 0, detect_positive: positive ? 1 : 0 })
}
