// Tests of LSTM: values by the definition; the hand-derived gradient of a whole sequence by differences.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { at, recurrentCases, recurrentReference, sigmoidOf, type Cell, type Sizes } from '../../test/support/recurrent.ts'
import { gradients } from '../autodiff/gradients.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { apply, type OpDef } from '../graph/op.ts'
import { topological } from '../graph/order.ts'
import { LSTM, lstm } from './lstm.ts'
import { reduceSum } from './reduce_sum.ts'
import { lstmGatesAgain, lstmKeepingGates } from './support/lstm_grad.ts'
import type { Direction } from './support/recurrent.ts'
import { transpose } from './transpose.ts'

/** Gate order i, o, f, c. */
function step(hidden: number): (cell: Cell, states: readonly number[][]) => number[][] {
  return ({ input, recurrent, inputBias, recurrentBias }, [h = [], c = []]) => {
    const z = (gate: number, k: number): number => input(gate * hidden + k) + recurrent(gate * hidden + k, h) + inputBias(gate * hidden + k) + recurrentBias(gate * hidden + k)
    const cell = c.map((v, k) => sigmoidOf(z(2, k)) * v + sigmoidOf(z(0, k)) * Math.tanh(z(3, k)))
    return [cell.map((v, k) => sigmoidOf(z(1, k)) * Math.tanh(v)), cell]
  }
}
const rules = { 'with gates kept': lstmKeepingGates, 'with gates computed again': lstmGatesAgain }
const outputsOf = (rule: (typeof rules)[keyof typeof rules], inputs: readonly (Value | null)[], direction: Direction): readonly Value[] =>
  apply({ ...LSTM, grad: rule as unknown as OpDef['grad'] }, inputs, { hidden_size: inputs[2]?.shape[2] ?? 0, direction })

describe.each(Object.entries(rules))('LSTM %s', (_, rule) => {
  const build = (direction: Direction) => (x: Value, w: Value, r: Value, b: Value, n: Value, h: Value, c: Value): readonly Value[] => outputsOf(rule, [transpose(x, [1, 0, 2]), w, r, b, n, transpose(h, [1, 0, 2]), transpose(c, [1, 0, 2])], direction)
  const output = (i: number) => (...inputs: Value[]): Value => outputsOf(rule, inputs, 'forward')[i] as Value

  it.each([
    { direction: 'forward' as const, reverse: [false], lengths: [4, 4] },
    { direction: 'reverse' as const, reverse: [true], lengths: [4, 4] },
    { direction: 'forward' as const, reverse: [false], lengths: [2, 4] },
    { direction: 'reverse' as const, reverse: [true], lengths: [2, 4] },
    { direction: 'bidirectional' as const, reverse: [false, true], lengths: [4, 1] },
  ])('$direction, lengths $lengths', ({ direction, reverse, lengths }) => {
    const sizes: Sizes = { batch: 2, time: 4, features: 3, hidden: 2, directions: direction === 'bidirectional' ? 2 : 1, gates: 4 }
    return checkOp({ build: build(direction), inputs: recurrentCases(sizes, lengths, 2), batch: [0, 4, 5, 6], float64: false, reference: (...data) => recurrentReference(sizes, data, reverse, step(2)) })
  })
  it('starts at zero, without biases, where nothing is given', () => checkOp({ build: output(0), inputs: [{ shape: [3, 2, 2] }, { shape: [1, 8, 2] }, { shape: [1, 8, 2] }], float64: false, reference: (x, w, r) => recurrentReference({ batch: 2, time: 3, features: 2, hidden: 2, directions: 1, gates: 4 }, [[0, 2, 4, 1, 3, 5].flatMap((k) => [at(x, 2 * k), at(x, 2 * k + 1)]), w, r, new Array<number>(16).fill(0), [3, 3], [0, 0, 0, 0], [0, 0, 0, 0]], [false], step(2))[0] ?? [] }))
  it('goes back in time from right to left', () => checkOp({ build: (x, w, r) => outputsOf(rule, [x, w, r], 'reverse')[0] as Value, inputs: [{ shape: [3, 1, 2] }, { shape: [1, 8, 2] }, { shape: [1, 8, 2] }], float64: false }))
  it('lets nothing through a sequence without steps, whose last state ONNX Runtime says is zero', () => checkOp({ build: build('forward'), inputs: recurrentCases({ batch: 2, time: 2, features: 2, hidden: 1, directions: 1, gates: 4 }, [0, 2], 2), float64: false }))
  it('takes a single step', () => checkOp({ build: output(2), inputs: [{ shape: [1, 2, 2] }, { shape: [1, 4, 2] }, { shape: [1, 4, 1] }], float64: false }))
  it('has second derivatives', () => checkOp({ build: output(1), inputs: [{ shape: [2, 1, 2] }, { shape: [1, 8, 2] }, { shape: [1, 8, 2] }], float64: false, second: true, tolerance: 2e-2 }))
})

describe('LSTM', () => {
  /** Operators that run for the gradient of a sequence of 3 steps. */
  const running = (batch: number, hidden: number): Set<string> => {
    const g = new Graph('t')
    const [x, w, r] = [g.input('x', 'float32', [3, batch, 64]), g.input('w', 'float32', [1, 4 * hidden, 64]), g.input('r', 'float32', [1, 4 * hidden, hidden])]
    const { y } = lstm(x, w, r)
    return new Set(topological(g, [y, ...gradients(reduceSum(y), [w])]).map((n) => n.op.name))
  }
  it('keeps the gates where products are large, and then needs no operator of its own', () => {
    expect(running(32, 64).has('LSTM')).toBe(false)
    expect(running(4, 8).has('LSTM')).toBe(true)
  })

  it('names what does not fit, and what has no gradient', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', [5, 'N', 3])
    const [w, r] = [g.input('w', 'float32', [1, 8, 3]), g.input('r', 'float32', [1, 8, 2])]
    expect(lstm(x, w, r).y.shape).toEqual([5, 1, 'N', 2])
    expect(() => lstm(x, w, r, { direction: 'bidirectional' })).toThrow('LSTM: W [1, 8, 3], expected [2, 8, 3] for X [5, N, 3], hidden size 2, bidirectional')
    expect(() => apply(LSTM, [x, w, r], { hidden_size: 2, layout: 1 })).toThrow('only the layout 0')
    const clipped = apply(LSTM, [x, w, r], { hidden_size: 2, clip: 1 })[0] as Value
    expect(() => gradients(reduceSum(clipped), [w])).toThrow('LSTM: no gradient with a clip')
    const open = lstm(g.input('long', 'float32', ['T', 'N', 3]), w, r).y
    expect(() => gradients(reduceSum(open), [w])).toThrow(`LSTM: the number of time steps of a gradient must be a known size, found 'T'`)
  })
})
