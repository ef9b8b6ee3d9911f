// Selu: gamma·(x where positive, else alpha·(e^x - 1)). Klambauer et al., "Self-normalizing neural networks", 2017.
// https://onnx.ai/onnx/operators/onnx__Selu.html (opset 6)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { unaryWith } from './support/elementwise.ts'
import { scalarOf, single, unaryRule } from './support/rule.ts'
import { add } from './add.ts'
import { greater } from './greater.ts'
import { mul } from './mul.ts'
import { where } from './where.ts'

const attributes = z.strictObject({ alpha: z.number().default(1.67326319217681884765625), gamma: z.number().default(1.05070102214813232421875) })

export const Selu = unaryWith('Selu', 6, attributes, ['alpha', 'gamma'], unaryRule((g, x, y, { alpha, gamma }) => mul(g, where(greater(x, 0), scalarOf(x.graph, x.dtype, gamma), add(y, alpha * gamma)))))

export function selu(x: Value, attrs: { alpha?: number; gamma?: number } = {}): Value {
  return single(Selu, [x], { ...attrs })
}
