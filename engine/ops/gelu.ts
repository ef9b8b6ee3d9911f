// Gelu: x·Φ(x), Φ the normal distribution function, or its approximation by tanh.
// https://onnx.ai/onnx/operators/onnx__Gelu.html (opset 20; no float64 kernel in ORT); Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { unaryWith } from './support/elementwise.ts'
import { single, unaryRule } from './support/rule.ts'
import { add } from './add.ts'
import { erf } from './erf.ts'
import { exp } from './exp.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
import { tanh } from './tanh.ts'

const attributes = z.strictObject({ approximate: z.enum(['none', 'tanh']).default('none') })

export const Gelu = unaryWith('Gelu', 20, attributes, [], unaryRule((g, x, _y, { approximate }) => mul(g, approximate === 'none' ? exact(x) : approximated(x))), ['float32', 'float16'])

/** Φ(x) + x·φ(x), φ the normal density. */
function exact(x: Value): Value {
  const cdf = mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5)
  return add(cdf, mul(x, mul(exp(mul(mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI))))
}

/** With u = √(2/π)·(x + 0.044715 x³): (1 + tanh u)/2 + x·(1 - tanh² u)·u'/2. */
function approximated(x: Value): Value {
  const c = Math.sqrt(2 / Math.PI)
  const square = mul(x, x)
  const t = tanh(mul(x, add(mul(square, 0.044715 * c), c)))
  const slope = add(mul(square, 3 * 0.044715 * c), c)
  return mul(add(add(t, 1), mul(mul(x, slope), sub(1, mul(t, t)))), 0.5)
}

/** Needs opset 20. */
export function gelu(x: Value, approximate: 'none' | 'tanh' = 'none'): Value {
  return single(Gelu, [x], { approximate })
}
