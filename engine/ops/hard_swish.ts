// HardSwish: x·max(0, min(1, x/6 + 1/2)). Gradient g·(x/3 + 1/2) within ±3, g above, 0 below.
// https://onnx.ai/onnx/operators/onnx__HardSwish.html (opset 14); Howard et al., "Searching for MobileNetV3", 2019.
import type { Value } from '../graph/graph.ts'
import { unary } from './support/elementwise.ts'
import { single } from './support/rule.ts'
import { add } from './add.ts'
import { greater } from './greater.ts'
import { less } from './less.ts'
import { mul } from './mul.ts'
import { where } from './where.ts'

export const HardSwish = unary('HardSwish', 14, (g, x) => mul(g, where(greater(x, 3), 1, where(less(x, -3), 0, add(mul(x, 1 / 3), 0.5)))))

export function hardSwish(x: Value): Value {
  return single(HardSwish, [x])
}
