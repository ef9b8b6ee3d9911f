// RNN: the output of each step is an activation of input and last output.
import { z } from 'zod'
import { gemm, relu, rnn as apply, tanh } from '../ops/build.ts'
import { asRows, bothBiases, recurrent, recurrentOptions } from './support/recurrent.ts'

const schema = z.strictObject({ type: z.literal('rnn'), ...recurrentOptions, activation: z.enum(['tanh', 'relu']).default('tanh') })

/** h' = tanh(x·W + h·U + b). Elman, "Finding structure in time", 1990. */
export const rnn = recurrent('rnn', { title: 'RNN', description: 'Reads a sequence step by step with one vector of memory' }, schema, {
  gates: 1,
  whole: (x, direction, parameter, { activation }, lengths) => {
    const { y, hidden } = apply(x, asRows(parameter('input_weight')), asRows(parameter('hidden_weight')), { direction, bias: bothBiases(parameter('bias')), activation: activation === 'relu' ? 'Relu' : 'Tanh', lengths })
    return { steps: y, last: hidden }
  },
  step: (x, state, { hidden }, spec) => {
    const sum = state?.[0] ? gemm(state[0], hidden, x) : x
    return [spec.activation === 'relu' ? relu(sum) : tanh(sum)]
  },
})
