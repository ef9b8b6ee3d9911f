// LeakyRelu: x where positive, else alpha·x.
// https://onnx.ai/onnx/operators/onnx__LeakyRelu.html (opset 16)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { unaryWith } from './support/elementwise.ts'
import { single, unaryRule } from './support/rule.ts'
import { greater } from './greater.ts'
import { mul } from './mul.ts'
import { where } from './where.ts'

const attributes = z.strictObject({ alpha: z.number().default(0.01) })

export const LeakyRelu = unaryWith('LeakyRelu', 16, attributes, ['alpha'], unaryRule((g, x, _y, { alpha }) => where(greater(x, 0), g, mul(g, alpha))))

export function leakyRelu(x: Value, alpha = 0.01): Value {
  return single(LeakyRelu, [x], { alpha })
}
