// GRU: an output that is kept or replaced by gates.
import { z } from 'zod'
import { add, concat, gemm, gru as apply, mul, sigmoid, split, sub, tanh } from '../ops/build.ts'
import { asRows, bothBiases, recurrent, recurrentOptions } from './support/recurrent.ts'

const schema = z.strictObject({ type: z.literal('gru'), ...recurrentOptions })

/**
 * z, r = sigmoid(x·W + h·U + b), n = tanh(x·W + b + r·(h·U + `hidden_bias`)), h' = (1 − z)·n + z·h; gates lie in the order z, r, n, as in
 * https://onnx.ai/onnx/operators/onnx__GRU.html.
 * Cho et al., 2014, https://arxiv.org/abs/1406.1078, with the reset after the product as in cuDNN and PyTorch.
 */
export const gru = recurrent('gru', { title: 'GRU', description: 'Reads a sequence step by step; gates keep or replace what it remembers' }, schema, {
  gates: 3,
  whole: (x, direction, parameter, { units }, lengths) => {
    const own = parameter('hidden_bias')
    const hiddenBias = concat([x.graph.constant(new Float32Array(2 * units), 'float32', [2 * units]), own], 0)
    const { y, hidden } = apply(x, asRows(parameter('input_weight')), asRows(parameter('hidden_weight')), { direction, bias: bothBiases(parameter('bias'), hiddenBias), linearBeforeReset: true, lengths })
    return { steps: y, last: hidden }
  },
  extra: (units) => [{ name: 'hidden_bias', shape: [units], initializer: 'zeros', fan: { in: units, out: units }, decay: false }],
  step: (x, state, { hidden, parameter }, { units }) => {
    const sizes = [2 * units, units]
    const h = state?.[0]
    const [gatesX = x, newX = x] = split(x, sizes, 1)
    const [gatesH, newH] = h ? split(gemm(h, hidden), sizes, 1) : []
    const [keep = x, r = x] = split(sigmoid(gatesH ? add(gatesX, gatesH) : gatesX), [units, units], 1)
    const bias = parameter('hidden_bias')
    const candidate = tanh(add(newX, mul(r, newH ? add(newH, bias) : bias)))
    return [h ? add(candidate, mul(keep, sub(h, candidate))) : sub(candidate, mul(keep, candidate))]
  },
})
