// MeanVarianceNormalization: standard scores over axes, without scale or shift.
// https://onnx.ai/onnx/operators/onnx__MeanVarianceNormalization.html (opset 13)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { add } from './add.ts'
import { mul } from './mul.ts'
import { reciprocal } from './reciprocal.ts'
import { reduceMean } from './reduce_mean.ts'
import { sqrt } from './sqrt.ts'
import { sub } from './sub.ts'
import { standardiseGrad } from './support/normalize.ts'
import { first, FLOATS, single, unaryRule } from './support/rule.ts'
import { axesOf } from './support/shape.ts'

const attributes = z.strictObject({ axes: z.array(z.int()).default([0, 2, 3]) })

/** Added to the standard deviation, as the operator's function body says. */
const EPSILON = 1e-9

export const MeanVarianceNormalization = defineOp<z.infer<typeof attributes>>({
  name: 'MeanVarianceNormalization',
  domain: '',
  since: 13,
  inputs: [{ name: 'X', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    axesOf(ctx.op, ctx.attrs.axes, first(ctx).shape.length)
    return [first(ctx)]
  },
  grad: unaryRule((g, x, xhat, { axes }) => {
    const centred = sub(x, reduceMean(x, axes, true))
    const inverse = reciprocal(add(sqrt(reduceMean(mul(centred, centred), axes, true)), EPSILON))
    return standardiseGrad(g, { xhat, inverse }, axes)
  }),
})

/** Over batch and space of [N, C, H, W] where no axes are given. */
export function meanVarianceNormalization(x: Value, axes: readonly number[] = [0, 2, 3]): Value {
  return single(MeanVarianceNormalization, [x], { axes: [...axes] })
}
