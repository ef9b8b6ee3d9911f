// LSTM: long short-term memory over a sequence, in one or both directions. Gate order of the weights: input, output, forget, cell.
// https://onnx.ai/onnx/operators/onnx__LSTM.html (opset 14); Hochreiter and Schmidhuber 1997, https://doi.org/10.1162/neco.1997.9.8.1735
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { checkDifferentiable } from './support/bptt.ts'
import { keepsGates } from './support/columns.ts'
import { lstmGatesAgain, lstmKeepingGates } from './support/lstm_grad.ts'
import { recurrentAttributes, recurrentFloats, recurrentInputs, recurrentTypes, type RecurrentOptions } from './support/recurrent.ts'
import { must } from './support/rule.ts'

const attributes = z.strictObject({ ...recurrentAttributes, input_forget: z.literal([0, 1]).default(0) })

export const LSTM = defineOp<z.infer<typeof attributes>>({
  name: 'LSTM',
  domain: '',
  since: 14,
  inputs: [...recurrentInputs, { name: 'initial_c', dtypes: ['float32', 'float16'], type: 'T', optional: true }, { name: 'P', dtypes: ['float32', 'float16'], type: 'T', optional: true }],
  outputs: [0, 3],
  attributes,
  floats: recurrentFloats,
  infer: ({ op, inputs, attrs }) => {
    const [y, state] = recurrentTypes(op, inputs, attrs, 4)
    return [y, state, state]
  },
  grad: (ctx) => {
    checkDifferentiable('LSTM', ctx.attrs, ['Sigmoid', 'Tanh', 'Tanh'])
    if (ctx.inputs[7]) throw new GraphError('LSTM: no gradient with peepholes (input P)')
    if (ctx.attrs.input_forget === 1) throw new GraphError('LSTM: no gradient with coupled gates (input_forget)')
    return (keepsGates(ctx, 4) ? lstmKeepingGates : lstmGatesAgain)(ctx)
  },
})

export interface LstmOptions extends RecurrentOptions {
  /** [D, B, H], zeros where left out. */
  readonly initialCell?: Value | null
}

export interface LstmOutputs {
  /** [T, D, B, H] */
  readonly y: Value
  /** [D, B, H]: the state after the last step of each sequence. */
  readonly hidden: Value
  readonly cell: Value
}

/** x [T, B, I], w [D, 4H, I], r [D, 4H, H]. The gradient needs T as a number. */
export function lstm(x: Value, w: Value, r: Value, { direction: way = 'forward', bias = null, lengths = null, initialHidden = null, initialCell = null }: LstmOptions = {}): LstmOutputs {
  const out = apply(LSTM, [x, w, r, bias, lengths, initialHidden, initialCell], { hidden_size: r.shape[2] ?? 0, direction: way })
  return { y: must(out, 0), hidden: must(out, 1), cell: must(out, 2) }
}
