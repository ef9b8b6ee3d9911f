// LpNormalization: divided by the p-norm along an axis; zeros stay zeros.
// https://onnx.ai/onnx/operators/onnx__LpNormalization.html (opset 1)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { abs } from './abs.ts'
import { equal } from './equal.ts'
import { mul } from './mul.ts'
import { reciprocal } from './reciprocal.ts'
import { reduceSum } from './reduce_sum.ts'
import { sign } from './sign.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'
import { first, FLOATS, single, unaryRule } from './support/rule.ts'
import { axisOf } from './support/shape.ts'
import { where } from './where.ts'

const attributes = z.strictObject({ axis: z.int().default(-1), p: z.literal([1, 2]).default(2) })

export const LpNormalization = defineOp<z.infer<typeof attributes>>({
  name: 'LpNormalization',
  domain: '',
  since: 1,
  inputs: [{ name: 'input', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    axisOf(ctx.op, ctx.attrs.axis, first(ctx).shape.length)
    return [first(ctx)]
  },
  grad: unaryRule((g, x, y, { axis, p }) => {
    const norm = p === 1 ? reduceSum(abs(x), [axis], true) : sqrt(reduceSum(mul(x, x), [axis], true))
    const inverse = where(equal(norm, 0), 0, reciprocal(norm))
    return mul(inverse, sub(g, mul(p === 1 ? sign(x) : y, reduceSum(mul(g, y), [axis], true))))
  }),
})

export function lpNormalization(x: Value, axis = -1, p: 1 | 2 = 2): Value {
  return single(LpNormalization, [x], { axis, p })
}
