// Shrink: x - bias above lambd, x + bias below -lambd, 0 between. The gradient passes outside the band.
// https://onnx.ai/onnx/operators/onnx__Shrink.html (opset 9)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { unaryWith } from './support/elementwise.ts'
import { NUMBERS, single, unaryRule } from './support/rule.ts'
import { abs } from './abs.ts'
import { cast } from './cast.ts'
import { greater } from './greater.ts'
import { mul } from './mul.ts'

const attributes = z.strictObject({ bias: z.number().default(0), lambd: z.number().default(0.5) })

export const Shrink = unaryWith('Shrink', 9, attributes, ['bias', 'lambd'], unaryRule((g, x, _y, { lambd }) => mul(g, cast(greater(abs(x), lambd), g.dtype))), NUMBERS)

/** Hard shrinkage with bias 0, soft shrinkage with bias = lambd. */
export function shrink(x: Value, attrs: { bias?: number; lambd?: number } = {}): Value {
  return single(Shrink, [x], { ...attrs })
}
