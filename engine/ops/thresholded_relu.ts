// ThresholdedRelu: x where above alpha, else 0.
// https://onnx.ai/onnx/operators/onnx__ThresholdedRelu.html (opset 10)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { unaryWith } from './support/elementwise.ts'
import { single, unaryRule } from './support/rule.ts'
import { cast } from './cast.ts'
import { greater } from './greater.ts'
import { mul } from './mul.ts'

const attributes = z.strictObject({ alpha: z.number().default(1) })

export const ThresholdedRelu = unaryWith('ThresholdedRelu', 10, attributes, ['alpha'], unaryRule((g, x, _y, { alpha }) => mul(g, cast(greater(x, alpha), g.dtype))))

export function thresholdedRelu(x: Value, alpha = 1): Value {
  return single(ThresholdedRelu, [x], { alpha })
}
