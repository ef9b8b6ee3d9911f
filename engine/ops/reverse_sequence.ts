// ReverseSequence: the first steps of each sequence of a batch in reverse order, as many as it has. The gradient is reversed alike.
// https://onnx.ai/onnx/operators/onnx__ReverseSequence.html (opset 10)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp, type OpDef } from '../graph/op.ts'
import { ANY, must, single } from './support/rule.ts'
import { agrees, rankAtLeast, text } from './support/shape.ts'

const attributes = z.strictObject({ batch_axis: z.literal([0, 1]).default(1), time_axis: z.literal([0, 1]).default(0) })

export const ReverseSequence: OpDef = defineOp<z.infer<typeof attributes>>({
  name: 'ReverseSequence',
  domain: '',
  since: 10,
  inputs: [
    { name: 'input', dtypes: ANY },
    { name: 'sequence_lens', dtypes: ['int64'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: ({ op, inputs, attrs }) => {
    const shape = rankAtLeast(op, 'input', inputs[0], 2)
    const lengths = must(inputs, 1).shape
    if (attrs.batch_axis === attrs.time_axis) throw new GraphError(`ReverseSequence: batch and time are both axis ${attrs.time_axis}`)
    if (lengths.length !== 1 || !agrees(lengths[0], shape[attrs.batch_axis])) throw new GraphError(`ReverseSequence: lengths ${text(lengths)} for ${text(shape)}, expected one for each of the batch along axis ${attrs.batch_axis}`)
    return [must(inputs, 0)]
  },
  grad: (ctx) => [single(ReverseSequence, [must(ctx.grads, 0), must(ctx.inputs, 1)], ctx.attrs), null],
})

/** x [time, batch, …], or [batch, time, …] with `batchFirst`; lengths int64 [batch]. */
export function reverseSequence(x: Value, lengths: Value, batchFirst = false): Value {
  return single(ReverseSequence, [x, lengths], { batch_axis: batchFirst ? 0 : 1, time_axis: batchFirst ? 1 : 0 })
}
