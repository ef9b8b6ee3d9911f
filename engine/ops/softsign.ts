// Softsign: x/(1+|x|). Gradient g/(1+|x|)².
// https://onnx.ai/onnx/operators/onnx__Softsign.html (opset 1)
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { abs } from './abs.ts'
import { add } from './add.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'

export const Softsign = unary('Softsign', 1, (g, x) => {
  const d = add(abs(x), 1)
  return div(g, mul(d, d))
})

export function softsign(x: Value): Value {
  return single(Softsign, [x])
}
