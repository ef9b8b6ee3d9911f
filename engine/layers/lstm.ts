// LSTM: a memory that gates write to, forget and read.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { Value } from '../graph/graph.ts'
import { add, gemm, lstm as apply, mul, sigmoid, split, tanh } from '../ops/build.ts'
import { asRows, bothBiases, recurrent, recurrentOptions } from './support/recurrent.ts'

const schema = z.strictObject({ type: z.literal('lstm'), ...recurrentOptions })

function parts(v: Value, sizes: readonly number[]): readonly Value[] {
  const cut = split(v, sizes, 1)
  if (cut.length !== sizes.length) throw new LatheError('internal', `layer lstm: ${cut.length} gates of ${sizes.length}`)
  return cut
}

/**
 * i, o, f = sigmoid(x·W + h·U + b), g = tanh(…), c' = f·c + i·g, h' = o·tanh(c'); gates lie in the order i, o, f, g, as in
 * https://onnx.ai/onnx/operators/onnx__LSTM.html.
 * Hochreiter and Schmidhuber, 1997; Gers, Schmidhuber and Cummins, "Learning to forget", 2000.
 */
export const lstm = recurrent('lstm', { title: 'LSTM', description: 'Reads a sequence step by step with a memory that it writes to, forgets and reads' }, schema, {
  gates: 4,
  whole: (x, direction, parameter, _spec, lengths) => {
    const { y, hidden } = apply(x, asRows(parameter('input_weight')), asRows(parameter('hidden_weight')), { direction, bias: bothBiases(parameter('bias')), lengths })
    return { steps: y, last: hidden }
  },
  step: (x, state, { hidden }, { units }) => {
    const sum = state?.[0] ? gemm(state[0], hidden, x) : x
    const [gates = sum, candidate = sum] = parts(sum, [3 * units, units])
    const [i = sum, o = sum, f = sum] = parts(sigmoid(gates), [units, units, units])
    const written = mul(i, tanh(candidate))
    const c = state?.[1] ? add(mul(f, state[1]), written) : written
    return [mul(o, tanh(c)), c]
  },
})
