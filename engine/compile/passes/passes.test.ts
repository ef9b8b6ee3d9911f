// Steps repeated in one run, vectors in pieces and fused arithmetic: the same numbers as single runs of the plain graph, bit for bit, for every optimizer.
import { beforeAll, describe, expect, it, test } from 'vitest'
import { gradients } from '../../autodiff/gradients.ts'
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import { Random } from '../../data/random.ts'
import { Graph, type Value } from '../../graph/graph.ts'
import { verify } from '../../graph/verify.ts'
import { add, cast, concat, gemm, greater, mul, reduceMean, reduceSum, relu, reshape, slice, split, sub } from '../../ops/build.ts'
import { optimizers } from '../../optimizers/index.ts'
import type { OptimizerDef } from '../../optimizers/optimizer.ts'
import { blockSize } from '../blocked/probe.ts'
import { Program, tensor, type Tensor } from '../program.ts'
import { faster } from './index.ts'
import { fuseMasks } from './masks.ts'
import { fuseMultiplyAdd } from './multiply-add.ts'
import { inPieces } from './pieces.ts'
import { repeat } from './repeat.ts'

const [BATCH, IN, HIDDEN] = [4, 64, 80]
/** w1 [64, 80], b1 [80], w2 [80, 1], b2 [1], and three numbers that no gradient moves. */
const SIZES = [IN * HIDDEN, HIDDEN, HIDDEN, 1, 3]
const P = SIZES.reduce((a, b) => a + b, 0)
const STEPS = 3
const config = { ...trainDefaults, momentum: 0.9, weightDecay: 0.01 } as TrainConfig

let block = 0
beforeAll(async () => {
  block = await blockSize()
})

function stepOf(opt: OptimizerDef): Graph {
  const g = new Graph('step')
  const [x, y] = [g.input('x', 'float32', [BATCH, IN]), g.input('y', 'float32', [BATCH, 1])]
  const scalars = g.input('scalars', 'float32', [opt.scalars.length])
  const p = g.input('weights', 'float32', [P])
  const states = opt.state.map((name) => g.input(name, 'float32', [P]))
  const [w1, b1, w2, b2] = split(p, SIZES).map((v, i) => reshape(v, [[IN, HIDDEN], [HIDDEN], [HIDDEN, 1], [1], [3]][i]!)) as [Value, Value, Value, Value]
  const error = sub(gemm(relu(gemm(x, w1, b1)), w2, b2), y)
  const loss = reduceMean(mul(error, error), [0, 1], false)
  const each = gradients(loss, [w1, b1, w2, b2]).map((d, i) => reshape(d, [SIZES[i]!]))
  const gradient = concat([...each, g.constant(new Float32Array(3), 'float32', [3])], 0)
  const pieces = opt.scalars.length > 1 ? split(scalars, opt.scalars.map(() => 1)) : [scalars]
  const decay = g.constant(Float32Array.from({ length: P }, (_, i) => (i < SIZES[0]! ? 0.01 : 0)), 'float32', [P])
  const next = opt.update({ graph: g, p, g: gradient, states, scalars: Object.fromEntries(opt.scalars.map((name, i) => [name, reshape(pieces[i]!, [])])), decay, config })
  g.output('loss', reshape(loss, [1]))
  g.output('weights_next', concat([slice(next.p, { starts: [0], ends: [P - 3] }), add(slice(p, { starts: [P - 3], ends: [P] }), 1)], 0))
  opt.state.forEach((name, i) => { g.output(`${name}_next`, next.states[i]!) })
  return g
}

/** All that `STEPS` steps give, in runs of `k`. */
async function results(opt: OptimizerDef, change: (step: Graph) => Graph, k: number): Promise<Map<string, Float32Array>> {
  const random = new Random(5, 'sample')
  const draw = (n: number, scale = 1): Float32Array => Float32Array.from({ length: n }, () => random.normal() * scale)
  const graph = change(stepOf(opt))
  verify(graph)
  await using program = await Program.create(graph, { threads: 1 })
  const [x, y] = [draw(STEPS * BATCH * IN), draw(STEPS * BATCH)]
  const state: Record<string, Tensor> = { weights: tensor('float32', draw(P, 0.1), [P]), ...Object.fromEntries(opt.state.map((name) => [name, tensor('float32', new Float32Array(P), [P])])) }
  const losses: number[] = []
  for (let s = 0; s < STEPS; s += k) {
    const scalars = Array.from({ length: k }, (_, i) => opt.at(s + i + 1, 0.01, config)).flat()
    const out = await program.run({
      x: tensor('float32', x.subarray(s * BATCH * IN, (s + k) * BATCH * IN), [k * BATCH, IN]),
      y: tensor('float32', y.subarray(s * BATCH, (s + k) * BATCH), [k * BATCH, 1]),
      scalars: tensor('float32', Float32Array.from(scalars), [scalars.length]),
      ...state,
    })
    for (const name of Object.keys(state)) state[name] = out[`${name}_next`]!
    losses.push(...(out['loss']!.data as Float32Array))
  }
  return new Map([...Object.entries(state).map(([name, t]) => [name, t.data as Float32Array] as const), ['loss', Float32Array.from(losses)]])
}

const chainOf = (opt: OptimizerDef): Map<string, string> => new Map(['weights', ...opt.state].map((name) => [name, `${name}_next`]))
const operators = (g: Graph, name: string): number => g.nodes.filter((n) => n.op.name === name).length

describe.each(Object.entries(optimizers))('%s', (_name, opt) => {
  it('gives the same bits repeated, in pieces and fused', async () => {
    const expected = await results(opt, (g) => g, 1)
    expect(expected.get('weights')!.every(Number.isFinite)).toBe(true)
    expect(expected.get('loss')).toHaveLength(STEPS)
    expect(await results(opt, (g) => repeat(g, STEPS, chainOf(opt)), STEPS)).toEqual(expected)
    expect(await results(opt, (g) => inPieces(repeat(g, STEPS, chainOf(opt)), [IN * HIDDEN, P - IN * HIDDEN]), STEPS)).toEqual(expected)
    // Cut where no parameter ends.
    expect(await results(opt, (g) => inPieces(g, [100, P - 100]), 1)).toEqual(expected)
    expect(await results(opt, (g) => faster(g, STEPS, chainOf(opt), SIZES, block), STEPS)).toEqual(expected)
  }, 20_000)
})

test('between steps no vector is joined and cut again', () => {
  const step = stepOf(optimizers.adam)
  const twice = inPieces(repeat(step, 2, chainOf(optimizers.adam)), [IN * HIDDEN, P - IN * HIDDEN])
  const whole = twice.nodes.filter((n) => n.op.name === 'Concat' && n.outputs[0]?.shape[0] === P)
  expect(whole.map((n) => n.inputs.length), 'the outputs: weights with their statistics, two moments').toEqual([3, 2, 2])
  expect(operators(twice, 'Sqrt')).toBe(4)
})

test('multiply-add of Adam: both moments and the step, long vectors only; a product that is used twice stays', () => {
  const g = new Graph('g')
  const [x, y, s] = [g.input('x', 'float32', [8192]), g.input('y', 'float32', [8192]), g.input('s', 'float32', [])]
  const short = mul(slice(x, { starts: [0], ends: [16] }), s)
  const twice = mul(y, s)
  g.output('fused', sub(add(mul(x, 0.5), y), mul(y, 2)))
  g.output('affine', add(mul(reshape(x, [2, 4096]), s), 3))
  g.output('short', add(short, 1))
  g.output('twice', add(add(twice, x), twice))
  const made = fuseMultiplyAdd(g, 16)
  verify(made)
  expect([operators(made, 'Conv'), made.nodes.filter((n) => n.op.name === 'Mul' && n.outputs[0]?.shape[0] === 8192).length]).toEqual([3, 1])
  expect(fuseMultiplyAdd(made, 16), 'nothing left to fuse').toBe(made)
})

test('a mask is 1 above zero and nowhere else, in one operator', async () => {
  const g = new Graph('g')
  const x = g.input('x', 'float32', [6])
  g.output('y', cast(greater(x, 0), 'float32'))
  g.output('z', cast(greater(x, 1), 'float32'))
  const made = fuseMasks(g)
  expect([operators(made, 'HardSigmoid'), made.nodes.filter((n) => n.op.name === 'Cast').length]).toEqual([1, 1])
  await using program = await Program.create(made)
  const out = await program.run({ x: tensor('float32', Float32Array.of(-1e30, -1, 0, 1.2e-38, 1, 3e38), [6]) })
  expect([...(out['y']!.data as Float32Array)]).toEqual([0, 0, 0, 1, 1, 1])
  expect([...(out['z']!.data as Float32Array)]).toEqual([0, 0, 0, 0, 0, 1])
})

test('repeat refuses what it cannot lay end to end', () => {
  const g = new Graph('g')
  g.output('y', reduceSum(g.input('x', 'float32', ['N'])))
  expect(() => repeat(g, 2, new Map())).toThrow("input 'x' [N] cannot be repeated")
  expect(() => repeat(stepOf(optimizers.sgd), 2, new Map([['weights', 'nothing']]))).toThrow("no output 'nothing' to hand on")
})
