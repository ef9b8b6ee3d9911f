// RNN: h = f(x·Wᵀ + h·Rᵀ + Wb + Rb) over a sequence, in one or both directions; f is tanh unless another is named.
// https://onnx.ai/onnx/operators/onnx__RNN.html (opset 14); Elman 1990, https://doi.org/10.1207/s15516709cog1402_1
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { cast } from './cast.ts'
import { greater } from './greater.ts'
import { matmul } from './matmul.ts'
import { mul } from './mul.ts'
import { sub } from './sub.ts'
import { checkDifferentiable, direction, inputGradients, joined, runGradients, runsOf, stepsOf, walkBack } from './support/bptt.ts'
import { recurrentAttributes, recurrentFloats, recurrentInputs, recurrentTypes, type RecurrentOptions } from './support/recurrent.ts'
import { must, scalarOf } from './support/rule.ts'

const attributes = z.strictObject(recurrentAttributes)

/** Derivatives of the activations from their results. */
const slopes: Readonly<Record<string, (y: Value) => Value>> = {
  Tanh: (y) => sub(1, mul(y, y)),
  Sigmoid: (y) => sub(y, mul(y, y)),
  Relu: (y) => cast(greater(y, scalarOf(y.graph, y.dtype, 0)), y.dtype),
}

export const RNN = defineOp<z.infer<typeof attributes>>({
  name: 'RNN',
  domain: '',
  since: 14,
  inputs: recurrentInputs,
  outputs: [0, 2],
  attributes,
  floats: recurrentFloats,
  infer: ({ op, inputs, attrs }) => recurrentTypes(op, inputs, attrs, 1),
  grad: (ctx) => {
    const name = ctx.attrs.activations?.[0] ?? 'Tanh'
    const slope = slopes[name] ?? slopes['Tanh']
    checkDifferentiable('RNN', ctx.attrs, [name in slopes ? name : 'Tanh'])
    const [gy = null, gh = null] = ctx.grads
    return inputGradients(ctx, runsOf(ctx).map((run) => {
      const k = stepsOf(must([slope], 0)(run.y))
      const dz: Value[] = []
      const states = walkBack(run, gy, [gh && direction(gh, run.d)], (t, given) => {
        const step = mul(must(given, 0), must(k, t))
        dz[t] = step
        return [matmul(step, run.r)]
      })
      return runGradients(run, joined(dz), states)
    }))
  },
})

export interface RnnOptions extends RecurrentOptions {
  readonly activation?: 'Tanh' | 'Relu' | 'Sigmoid'
}

/** x [T, B, I], w [D, H, I], r [D, H, H] to y [T, D, B, H] and the last state [D, B, H]. The gradient needs T as a number. */
export function rnn(x: Value, w: Value, r: Value, { direction: way = 'forward', bias = null, lengths = null, initialHidden = null, activation = 'Tanh' }: RnnOptions = {}): { readonly y: Value; readonly hidden: Value } {
  const activations = way === 'bidirectional' ? [activation, activation] : [activation]
  const out = apply(RNN, [x, w, r, bias, lengths, initialHidden], { hidden_size: r.shape[2] ?? 0, direction: way, activations })
  return { y: must(out, 0), hidden: must(out, 1) }
}
