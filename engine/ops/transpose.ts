// Transpose: axes in another order. The gradient takes the inverse order.
// https://onnx.ai/onnx/operators/onnx__Transpose.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { text } from './support/shape.ts'

const attributes = z.strictObject({ perm: z.array(z.int()) })

export const Transpose = defineOp<z.infer<typeof attributes>>({
  name: 'Transpose',
  domain: '',
  since: 13,
  inputs: [{ name: 'data', dtypes: ANY }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const { perm } = ctx.attrs
    if (perm.length !== shape.length || [...perm].sort((a, b) => a - b).some((p, i) => p !== i)) throw new GraphError(`Transpose: perm ${text(perm)} is no order of the ${shape.length} axes of ${text(shape)}`)
    return [{ dtype, shape: perm.map((p) => must(shape, p)) }]
  },
  grad: (ctx) => [transpose(must(ctx.grads, 0), inverse(ctx.attrs.perm))],
})

function inverse(perm: readonly number[]): number[] {
  const back = new Array<number>(perm.length).fill(0)
  perm.forEach((p, i) => (back[p] = i))
  return back
}

/** Axes reversed where no order is given. */
export function transpose(x: Value, perm?: readonly number[]): Value {
  return single(Transpose, [x], { perm: perm ?? x.shape.map((_, i) => x.shape.length - 1 - i) })
}
