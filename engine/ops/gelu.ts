// Gelu: x·Φ(x), Φ the normal distribution function, or its approximation by tanh.
// https://onnx.ai/onnx/operators/onnx__Gelu.html (opset 20; no float64 kernel in ORT); Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { unaryWith } from './support/elementwise.ts'
import { computedAgain } from './support/again.ts'
import { must, single } from './support/rule.ts'
import { add } from './add.ts'
import { erf } from './erf.ts'
import { exp } from './exp.ts'
import { hardSigmoid } from './hard_sigmoid.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
import { tanh } from './tanh.ts'

const attributes = z.strictObject({ approximate: z.enum(['none', 'tanh']).default('none') })

/** The gradient takes Φ from the way there: what the operator is made of stands for it, which spares a pass over the numbers for each part. */
export const Gelu = unaryWith<z.infer<typeof attributes>>('Gelu', 20, attributes, [], (ctx) => {
  const x = must(ctx.inputs, 0)
  const { cdf, slope } = ctx.attrs.approximate === 'none' ? exact(x) : approximated(x)
  computedAgain(ctx, [mul(x, cdf)])
  return [mul(must(ctx.grads, 0), add(cdf, slope))]
}, ['float32', 'float16'])

interface Parts {
  readonly cdf: Value
  /** x times the derivative of `cdf`. */
  readonly slope: Value
}

/** (1 + y) / 2 in one pass; a y between -1 and 1 is never clipped. */
const half = (y: Value): Value => hardSigmoid(y, { alpha: 0.5, beta: 0.5 })

/** Φ(x) and x·φ(x), φ the normal density: with u = x/√2 they are (1 + erf u)/2 and u·exp(-u² - ln √π). */
function exact(x: Value): Parts {
  const u = mul(x, Math.SQRT1_2)
  return { cdf: half(erf(u)), slope: mul(u, exp(sub(-0.5 * Math.log(Math.PI), mul(u, u)))) }
}

/** With u = √(2/π)·(x + 0.044715 x³): (1 + tanh u)/2 and x·(1 - tanh² u)·u'/2. */
function approximated(x: Value): Parts {
  const c = Math.sqrt(2 / Math.PI)
  const square = mul(x, x)
  const t = tanh(mul(x, add(mul(square, 0.044715 * c), c)))
  return { cdf: half(t), slope: mul(mul(x, add(mul(square, 3 * 0.044715 * 0.5 * c), 0.5 * c)), sub(1, mul(t, t))) }
}

/** Needs opset 20. */
export function gelu(x: Value, approximate: 'none' | 'tanh' = 'none'): Value {
  return single(Gelu, [x], { approximate })
}
