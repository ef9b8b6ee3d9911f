// Transpose: axes in another order. The gradient takes the inverse order.
// https://onnx.ai/onnx/operators/onnx__Transpose.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { reshape } from './reshape.ts'
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

/** Axes reversed where no order is given. An order that moves only axes of size 1 becomes a Reshape, which copies nothing. */
export function transpose(x: Value, perm: readonly number[] = x.shape.map((_, i) => x.shape.length - 1 - i)): Value {
  const moved = perm.filter((p) => x.shape[p] !== 1)
  const shape = perm.map((p) => x.shape[p] ?? 0)
  const symbolic = shape.filter((d) => typeof d === 'string').length
  const valid = new Set(perm).size === x.shape.length && !shape.includes(0)
  if (valid && symbolic <= 1 && moved.every((p, i) => i === 0 || p > (moved[i - 1] ?? 0))) return reshape(x, shape)
  return single(Transpose, [x], { perm: [...perm] })
}
