// Tests of RNN: values by the definition; the gradient of a whole sequence by differences.
import { describe, expect, it } from 'vitest'
import { checkOp, type InputCase } from '../../test/support/check-op.ts'
import { recurrentCases, recurrentReference, sigmoidOf, type Cell, type Sizes } from '../../test/support/recurrent.ts'
import { gradients } from '../autodiff/gradients.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { apply } from '../graph/op.ts'
import { reduceSum } from './reduce_sum.ts'
import { RNN, rnn, type RnnOptions } from './rnn.ts'
import { transpose } from './transpose.ts'

const activations = { Tanh: Math.tanh, Sigmoid: sigmoidOf, Relu: (v: number): number => Math.max(0, v) }
const step = (name: keyof typeof activations) => ({ input, recurrent, inputBias, recurrentBias }: Cell, [h = []]: readonly number[][]): number[][] => [h.map((_, k) => activations[name](input(k) + recurrent(k, h) + inputBias(k) + recurrentBias(k)))]
const build = (options: RnnOptions) => (x: Value, w: Value, r: Value, b: Value, n: Value, h: Value): Value[] => {
  const out = rnn(transpose(x, [1, 0, 2]), w, r, { ...options, bias: b, lengths: n, initialHidden: transpose(h, [1, 0, 2]) })
  return [out.y, out.hidden]
}

describe('RNN', () => {
  it.each([
    { direction: 'forward' as const, reverse: [false], lengths: [4, 4], activation: 'Tanh' as const },
    { direction: 'reverse' as const, reverse: [true], lengths: [2, 4], activation: 'Tanh' as const },
    { direction: 'bidirectional' as const, reverse: [false, true], lengths: [4, 1], activation: 'Sigmoid' as const },
  ])('$direction, $activation, lengths $lengths', ({ direction, reverse, lengths, activation }) => {
    const sizes: Sizes = { batch: 2, time: 4, features: 3, hidden: 2, directions: direction === 'bidirectional' ? 2 : 1, gates: 1 }
    return checkOp({ build: build({ direction, activation }), inputs: recurrentCases(sizes, lengths, 1), batch: [0, 4, 5], float64: false, reference: (...data) => recurrentReference(sizes, data, reverse, step(activation)) })
  })
  it('takes relu, one unit on and one off so that no difference crosses its kink', () => {
    const sizes: Sizes = { batch: 2, time: 4, features: 3, hidden: 2, directions: 1, gates: 1 }
    const signed = [0.4, 0.3, 0.2, -0.4, -0.3, -0.2]
    const [x, w, r, b, n, h] = recurrentCases(sizes, [3, 4], 1) as [InputCase, InputCase, InputCase, InputCase, InputCase, InputCase]
    const inputs = [{ ...x, range: [0.2, 1] as const }, { ...w, values: signed }, { ...r, values: [0.5, 0.3, -0.5, -0.3] }, { ...b, values: [0.1, -0.2, 0.1, -0.2] }, n, { ...h, range: [0.2, 1] as const }]
    return checkOp({ build: build({ activation: 'Relu' }), inputs, float64: false, reference: (...data) => recurrentReference(sizes, data, [false], step('Relu')) })
  })
  it('starts at zero where nothing is given; second derivatives', () => checkOp({ build: (x, w, r) => rnn(x, w, r).y, inputs: [{ shape: [3, 1, 2] }, { shape: [1, 2, 2] }, { shape: [1, 2, 2] }], float64: false, second: true, tolerance: 2e-2 }))

  it('names what does not fit, and what has no gradient', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', [5, 'N', 3])
    const [w, r] = [g.input('w', 'float32', [1, 2, 3]), g.input('r', 'float32', [1, 2, 2])]
    expect(() => rnn(x, r, r)).toThrow('RNN: W [1, 2, 2], expected [1, 2, 3]')
    const other = apply(RNN, [x, w, r], { hidden_size: 2, activations: ['Affine'] })[0] as Value
    expect(() => gradients(reduceSum(other), [w])).toThrow('RNN: no gradient with activations [Affine], only with [Tanh]')
  })
})
