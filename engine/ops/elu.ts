// Elu: x where positive, else alpha·(e^x - 1). There the derivative is y + alpha.
// https://onnx.ai/onnx/operators/onnx__Elu.html (opset 6)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { unaryWith } from './support/elementwise.ts'
import { single, unaryRule } from './support/rule.ts'
import { add } from './add.ts'
import { greater } from './greater.ts'
import { mul } from './mul.ts'
import { where } from './where.ts'

const attributes = z.strictObject({ alpha: z.number().default(1) })

export const Elu = unaryWith('Elu', 6, attributes, ['alpha'], unaryRule((g, x, y, { alpha }) => where(greater(x, 0), g, mul(g, add(y, alpha)))))

export function elu(x: Value, alpha = 1): Value {
  return single(Elu, [x], { alpha })
}
