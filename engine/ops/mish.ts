// Mish: x·tanh(softplus(x)). With t = tanh(softplus(x)) the gradient is g·(t + x·sigmoid(x)·(1-t²)). Not x·sigmoid(x) first: ORT fuses that into a kernel without float64.
// https://onnx.ai/onnx/operators/onnx__Mish.html (opset 18); Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", 2019.
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { add } from './add.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'
import { softplus } from './softplus.ts'
import { sub } from './sub.ts'
import { tanh } from './tanh.ts'

export const Mish = unary('Mish', 18, (g, x) => {
  const t = tanh(softplus(x))
  return mul(g, add(t, mul(sigmoid(x), mul(x, sub(1, mul(t, t))))))
})

export function mish(x: Value): Value {
  return single(Mish, [x])
}
