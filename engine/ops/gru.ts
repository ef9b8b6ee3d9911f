// GRU: gated recurrent unit over a sequence, in one or both directions. Gate order of the weights: update, reset, hidden.
// https://onnx.ai/onnx/operators/onnx__GRU.html (opset 14); Cho et al. 2014, https://arxiv.org/abs/1406.1078
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { checkDifferentiable } from './support/bptt.ts'
import { keepsGates } from './support/columns.ts'
import { gruGatesAgain, gruKeepingGates } from './support/gru_grad.ts'
import { recurrentAttributes, recurrentFloats, recurrentInputs, recurrentTypes, type RecurrentOptions } from './support/recurrent.ts'
import { must } from './support/rule.ts'

const attributes = z.strictObject({ ...recurrentAttributes, linear_before_reset: z.literal([0, 1]).default(0) })

export const GRU = defineOp<z.infer<typeof attributes>>({
  name: 'GRU',
  domain: '',
  since: 14,
  inputs: recurrentInputs,
  outputs: [0, 2],
  attributes,
  floats: recurrentFloats,
  infer: ({ op, inputs, attrs }) => recurrentTypes(op, inputs, attrs, 3),
  grad: (ctx) => {
    checkDifferentiable('GRU', ctx.attrs, ['Sigmoid', 'Tanh'])
    return (ctx.attrs.linear_before_reset === 1 && keepsGates(ctx, 3) ? gruKeepingGates : gruGatesAgain)(ctx)
  },
})

export interface GruOptions extends RecurrentOptions {
  /** The reset gate after the recurrent product, as PyTorch and cuDNN have it; false is the paper's. */
  readonly linearBeforeReset?: boolean
}

/** x [T, B, I], w [D, 3H, I], r [D, 3H, H] to y [T, D, B, H] and the last state [D, B, H]. The gradient needs T as a number. */
export function gru(x: Value, w: Value, r: Value, { direction: way = 'forward', bias = null, lengths = null, initialHidden = null, linearBeforeReset = false }: GruOptions = {}): { readonly y: Value; readonly hidden: Value } {
  const out = apply(GRU, [x, w, r, bias, lengths, initialHidden], { hidden_size: r.shape[2] ?? 0, direction: way, linear_before_reset: linearBeforeReset ? 1 : 0 })
  return { y: must(out, 0), hidden: must(out, 1) }
}
