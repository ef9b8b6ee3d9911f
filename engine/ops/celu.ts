// Celu: max(0,x) + min(0, alpha·(e^(x/alpha) - 1)).
// https://onnx.ai/onnx/operators/onnx__Celu.html (opset 12)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { unaryWith } from './support/elementwise.ts'
import { single, unaryRule } from './support/rule.ts'
import { add } from './add.ts'
import { greater } from './greater.ts'
import { mul } from './mul.ts'
import { where } from './where.ts'

const attributes = z.strictObject({ alpha: z.number().default(1) })

export const Celu = unaryWith('Celu', 12, attributes, ['alpha'], unaryRule((g, x, y, { alpha }) => where(greater(x, 0), g, mul(g, add(mul(y, 1 / alpha), 1)))))

export function celu(x: Value, alpha = 1): Value {
  return single(Celu, [x], { alpha })
}
