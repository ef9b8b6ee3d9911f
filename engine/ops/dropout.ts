// Dropout as inference has it: the identity. The training form is refused: masks are fed, so that a run can be repeated exactly.
// https://onnx.ai/onnx/operators/onnx__Dropout.html (opset 13); Srivastava et al., "Dropout", 2014.
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { first, FLOATS, intsOr, must, single } from './support/rule.ts'

const attributes = z.strictObject({ seed: z.int().optional() })

export const Dropout = defineOp<z.infer<typeof attributes>>({
  name: 'Dropout',
  domain: '',
  since: 13,
  inputs: [
    { name: 'data', dtypes: FLOATS },
    { name: 'ratio', dtypes: FLOATS, optional: true },
    { name: 'training_mode', dtypes: ['bool'], optional: true },
  ],
  outputs: [1, 2],
  attributes,
  infer: (ctx) => {
    const x = first(ctx)
    const training = ctx.inputs[2] ? intsOr(ctx, 2, [1]) : [0]
    if (training.some((v) => v !== 0)) throw new GraphError('Dropout: training_mode must be a constant false; nothing random is drawn inside a graph: feed a mask as an input and multiply by mask/(1 - ratio)')
    return [x, { dtype: 'bool', shape: x.shape }]
  },
  grad: (ctx) => [must(ctx.grads, 0), null, null],
})

/** The identity; kept in files so that other tools find where a network drops out. */
export function dropout(x: Value): Value {
  return single(Dropout, [x])
}
