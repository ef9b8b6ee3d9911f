// HardSigmoid: alpha·x + beta clipped to 0..1.
// https://onnx.ai/onnx/operators/onnx__HardSigmoid.html (opset 6)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { unaryWith } from './support/elementwise.ts'
import { single, unaryRule } from './support/rule.ts'
import { and } from './and.ts'
import { cast } from './cast.ts'
import { greater } from './greater.ts'
import { less } from './less.ts'
import { mul } from './mul.ts'

const attributes = z.strictObject({ alpha: z.number().default(0.2), beta: z.number().default(0.5) })

export const HardSigmoid = unaryWith('HardSigmoid', 6, attributes, ['alpha', 'beta'], unaryRule((g, _x, y, { alpha }) => mul(g, mul(cast(and(greater(y, 0), less(y, 1)), g.dtype), alpha))))

export function hardSigmoid(x: Value, attrs: { alpha?: number; beta?: number } = {}): Value {
  return single(HardSigmoid, [x], { ...attrs })
}
