// Mod: remainder of a/b. With fmod it has the sign of a, as C's fmod; without, of b, as Python's %, for integers only.
// https://onnx.ai/onnx/operators/onnx__Mod.html (opset 13). Gradients g and -g·trunc(a/b), where trunc(a/b) = (a - y)/b.
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
import { FLOATS, must, NUMBERS, operands, single, type Operand } from './support/rule.ts'
import { broadcast } from './support/shape.ts'

const attributes = z.strictObject({ fmod: z.literal([0, 1]).default(0) })

export const Mod = defineOp<z.infer<typeof attributes>>({
  name: 'Mod',
  domain: '',
  since: 13,
  inputs: [
    { name: 'A', dtypes: NUMBERS, type: 'T' },
    { name: 'B', dtypes: NUMBERS, type: 'T' },
  ],
  outputs: [1, 1],
  attributes,
  infer: ({ op, inputs, attrs }) => {
    const [a, b] = [must(inputs, 0), must(inputs, 1)]
    if (attrs.fmod === 0 && (FLOATS as readonly string[]).includes(a.dtype)) throw new GraphError(`Mod: ${a.dtype} needs fmod = 1; fmod = 0 is for integers`)
    return [{ dtype: a.dtype, shape: broadcast(op, a.shape, b.shape) }]
  },
  grad: (ctx) => {
    const [a, b, y, g] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.outputs, 0), must(ctx.grads, 0)]
    return [ctx.needs(0) ? g : null, ctx.needs(1) ? mul(g, div(sub(y, a), b)) : null]
  },
})

/** Of floating numbers with the sign of a, of integers with the sign of b; broadcasts. */
export function mod(a: Operand, b: Operand): Value {
  const pair = operands('Mod', a, b)
  return single(Mod, pair, { fmod: (FLOATS as readonly string[]).includes(pair[0].dtype) ? 1 : 0 })
}
