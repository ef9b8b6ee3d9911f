// Size: the number of elements as an int64 scalar.
// https://onnx.ai/onnx/operators/onnx__Size.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { ANY, single } from './support/rule.ts'

export const Size = defineOp({
  name: 'Size',
  domain: '',
  since: 13,
  inputs: [{ name: 'data', dtypes: ANY }],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: () => [{ dtype: 'int64', shape: [] }],
  grad: 'none',
})

/** countOf() gives a plain number where it is known. */
export function size(x: Value): Value {
  return single(Size, [x])
}
