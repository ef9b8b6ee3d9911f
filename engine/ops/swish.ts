// Swish: x·sigmoid(alpha·x), SiLU where alpha is 1. With s = sigmoid(alpha·x) the gradient is g·(s + alpha·y·(1-s)).
// https://onnx.ai/onnx/operators/onnx__Swish.html (opset 24); Ramachandran et al., "Searching for Activation Functions", 2017.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { unaryWith } from './support/elementwise.ts'
import { single, unaryRule } from './support/rule.ts'
import { add } from './add.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'
import { sub } from './sub.ts'

const attributes = z.strictObject({ alpha: z.number().default(1) })

export const Swish = unaryWith('Swish', 24, attributes, ['alpha'], unaryRule((g, x, y, { alpha }) => {
  const s = sigmoid(alpha === 1 ? x : mul(x, alpha))
  return mul(g, add(s, mul(mul(y, alpha), sub(1, s))))
}))

/** Needs opset 24; mul(x, sigmoid(x)) is the same for older runtimes. */
export function swish(x: Value, alpha = 1): Value {
  return single(Swish, [x], { alpha })
}
