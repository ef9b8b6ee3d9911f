// Tests of GRU: values by the definition; the hand-derived gradient of a whole sequence by differences.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { at, recurrentCases, recurrentReference, sigmoidOf, type Cell, type Sizes } from '../../test/support/recurrent.ts'
import { gradients } from '../autodiff/gradients.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { apply, type OpDef } from '../graph/op.ts'
import { GRU, gru } from './gru.ts'
import { reduceSum } from './reduce_sum.ts'
import { gruGatesAgain, gruKeepingGates } from './support/gru_grad.ts'
import type { Direction } from './support/recurrent.ts'
import { transpose } from './transpose.ts'

/** Gate order z, r, h. */
function step(hidden: number, after: boolean): (cell: Cell, states: readonly number[][]) => number[][] {
  return ({ input, recurrent, inputBias, recurrentBias }, [h = []]) => {
    const x = (gate: number, k: number): number => input(gate * hidden + k) + inputBias(gate * hidden + k)
    const u = (gate: number, k: number, state: readonly number[]): number => recurrent(gate * hidden + k, state) + recurrentBias(gate * hidden + k)
    const reset = h.map((_, k) => sigmoidOf(x(1, k) + u(1, k, h)))
    return [
      h.map((v, k) => {
        const z = sigmoidOf(x(0, k) + u(0, k, h))
        const n = Math.tanh(x(2, k) + (after ? at(reset, k) * u(2, k, h) : u(2, k, h.map((s, i) => s * at(reset, i)))))
        return (1 - z) * n + z * v
      }),
    ]
  }
}
const rules = [
  { name: 'reset before the product', after: false, rule: gruGatesAgain },
  { name: 'reset after it, gates computed again', after: true, rule: gruGatesAgain },
  { name: 'reset after it, gates kept', after: true, rule: gruKeepingGates },
]

describe.each(rules)('GRU, $name', ({ after, rule }) => {
  const outputsOf = (inputs: readonly (Value | null)[], direction: Direction = 'forward'): readonly Value[] =>
    apply({ ...GRU, grad: rule as unknown as OpDef['grad'] }, inputs, { hidden_size: inputs[2]?.shape[2] ?? 0, direction, linear_before_reset: after ? 1 : 0 })
  it.each([
    { direction: 'forward' as const, reverse: [false], lengths: [4, 4] },
    { direction: 'reverse' as const, reverse: [true], lengths: [2, 4] },
    { direction: 'bidirectional' as const, reverse: [false, true], lengths: [4, 1] },
  ])('$direction, lengths $lengths', ({ direction, reverse, lengths }) => {
    const sizes: Sizes = { batch: 2, time: 4, features: 3, hidden: 2, directions: direction === 'bidirectional' ? 2 : 1, gates: 3 }
    const build = (x: Value, w: Value, r: Value, b: Value, n: Value, h: Value): readonly Value[] => outputsOf([transpose(x, [1, 0, 2]), w, r, b, n, transpose(h, [1, 0, 2])], direction)
    return checkOp({ build, inputs: recurrentCases(sizes, lengths, 1), batch: [0, 4, 5], float64: false, reference: (...data) => recurrentReference(sizes, data, reverse, step(2, after)) })
  })
  it('starts at zero where nothing is given', () => checkOp({ build: (x, w, r) => outputsOf([x, w, r])[0] as Value, inputs: [{ shape: [3, 2, 2] }, { shape: [1, 6, 2] }, { shape: [1, 6, 2] }], float64: false }))
  it('has second derivatives', () => checkOp({ build: (x, w, r) => outputsOf([x, w, r])[1] as Value, inputs: [{ shape: [2, 1, 2] }, { shape: [1, 6, 2] }, { shape: [1, 6, 2] }], float64: false, second: true, tolerance: 2e-2 }))
})

describe('GRU', () => {
  it('names what does not fit, and what has no gradient', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', [5, 'N', 3])
    const [w, r] = [g.input('w', 'float32', [1, 6, 3]), g.input('r', 'float32', [1, 6, 2])]
    expect(gru(x, w, r).y.shape).toEqual([5, 1, 'N', 2])
    expect(() => gru(x, r, r)).toThrow('GRU: W [1, 6, 2], expected [1, 6, 3]')
    const other = apply(GRU, [x, w, r], { hidden_size: 2, activations: ['Sigmoid', 'Relu'] })[0] as Value
    expect(() => gradients(reduceSum(other), [w])).toThrow('GRU: no gradient with activations [Sigmoid, Relu], only with [Sigmoid, Tanh]')
  })
})
