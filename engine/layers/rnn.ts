// RNN: the output of each step is an activation of input and last output.
import { z } from 'zod'
import { gemm, relu, tanh } from '../ops/build.ts'
import { recurrent, recurrentOptions } from './support/recurrent.ts'

const schema = z.strictObject({ type: z.literal('rnn'), ...recurrentOptions, activation: z.enum(['tanh', 'relu']).default('tanh') })

/** h' = tanh(x·W + h·U + b). Elman, "Finding structure in time", 1990. */
export const rnn = recurrent('rnn', { title: 'RNN', description: 'Reads a sequence step by step with one vector of memory' }, schema, {
  gates: 1,
  step: (x, state, { hidden }, spec) => {
    const sum = state?.[0] ? gemm(state[0], hidden, x) : x
    return [spec.activation === 'relu' ? relu(sum) : tanh(sum)]
  },
})
