// Every optimizer: many steps in ONNX Runtime against the papers' formulas in float64, and first steps known by hand.
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Program, tensor, type Tensor } from '../compile/program.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import { Graph } from '../graph/graph.ts'
import { reshape, split } from '../ops/build.ts'
import { smallConfig } from '../train/testing.ts'
import { optimizer, optimizers } from './index.ts'

const P = 6
const LR = 0.05

/** `steps` updates with the given gradients, as the training step does them. */
async function run(name: string, config: TrainConfig, start: Float32Array, grads: readonly Float32Array[], decay = 0): Promise<Float32Array> {
  const def = optimizer(name)
  const graph = new Graph(name)
  const p = graph.input('p', 'float32', [P])
  const g = graph.input('g', 'float32', [P])
  const states = def.state.map((s) => graph.input(s, 'float32', [P]))
  const fed = graph.input('scalars', 'float32', [def.scalars.length])
  const pieces = def.scalars.length > 1 ? split(fed, def.scalars.map(() => 1), 0) : [fed]
  const scalars = Object.fromEntries(def.scalars.map((s, i) => [s, reshape(pieces[i]!, [])]))
  const next = def.update({ graph, p, g, states, scalars, decay: decay > 0 ? graph.scalar(decay) : null, config })
  graph.output('p_next', next.p)
  def.state.forEach((s, i) => { graph.output(`${s}_next`, next.states[i]!) })
  await using program = await Program.create(graph, { threads: 1 })
  let moving: Record<string, Tensor> = { p: tensor('float32', start, [P]), ...Object.fromEntries(def.state.map((s) => [s, tensor('float32', new Float32Array(P), [P])])) }
  for (const [i, grad] of grads.entries()) {
    const out = await program.run({ ...moving, g: tensor('float32', grad, [P]), scalars: tensor('float32', Float32Array.from(def.at(i + 1, LR, config)), [def.scalars.length]) })
    moving = Object.fromEntries(Object.keys(moving).map((k) => [k, out[`${k}_next`]!]))
  }
  return moving['p']!.data as Float32Array
}

/** The algorithms as their papers print them, in float64. */
const papers: Record<keyof typeof optimizers, (p: number[], grads: readonly Float32Array[], mu: number, wd: number) => number[]> = {
  sgd: (p, grads, _mu, wd) => grads.reduce((q, g) => q.map((v, i) => v - LR * (g[i]! + wd * v)), p),
  momentum: (p, grads, mu, wd) => {
    const velocity = p.map(() => 0)
    return grads.reduce((q, g) => q.map((v, i) => { velocity[i] = mu * velocity[i]! + g[i]! + wd * v; return v - LR * velocity[i] }), p)
  },
  adam: (p, grads, mu, wd) => adamPaper(p, grads, mu, wd, 0),
  adamw: (p, grads, mu, wd) => adamPaper(p, grads, mu, 0, wd),
}
function adamPaper(start: number[], grads: readonly Float32Array[], beta1: number, l2: number, decoupled: number): number[] {
  const [m, v] = [start.map(() => 0), start.map(() => 0)]
  let p = start
  grads.forEach((grad, k) => {
    const t = k + 1
    p = p.map((x, i) => {
      const g = grad[i]! + l2 * x
      m[i] = beta1 * m[i]! + (1 - beta1) * g
      v[i] = 0.999 * v[i]! + 0.001 * g * g
      const [mHat, vHat] = [m[i] / (1 - beta1 ** t), v[i] / (1 - 0.999 ** t)]
      return x - LR * decoupled * x - (LR * mHat) / (Math.sqrt(vHat) + 1e-8)
    })
  })
  return p
}

const random = new Random(2, 'sample')
const start = Float32Array.from({ length: P }, () => random.normal())
const grads = Array.from({ length: 40 }, () => Float32Array.from({ length: P }, () => random.normal()))
const config = smallConfig({ momentum: 0.9 })

test.each(Object.keys(optimizers) as (keyof typeof optimizers)[])('%s follows its paper over 40 steps, with and without weight decay', async (name) => {
  for (const decay of [0, 0.1]) {
    const ours = await run(name, config, start, grads, decay)
    const paper = papers[name]([...start], grads, 0.9, decay)
    ours.forEach((v, i) => { expect(v, `${name}, decay ${decay}`).toBeCloseTo(paper[i]!, 4) })
  }
})

test('the first step of Adam is the learning rate against the sign of the gradient', async () => {
  const g = Float32Array.of(1, -1, 5, -0.01, 100, -3)
  const after = await run('adam', config, new Float32Array(P), [g])
  after.forEach((v, i) => { expect(v).toBeCloseTo(-LR * Math.sign(g[i]!), 5) })
})

test('decoupled decay does not pass through the moments: a zero gradient shrinks by lr·λ exactly', async () => {
  const none = [new Float32Array(P)]
  const after = await run('adamw', config, new Float32Array(P).fill(2), none, 0.1)
  after.forEach((v) => { expect(v).toBeCloseTo(2 * (1 - LR * 0.1), 6) })
  const coupled = await run('adam', config, new Float32Array(P).fill(2), none, 0.1)
  coupled.forEach((v) => { expect(v).toBeCloseTo(2 - LR, 5) })
})

test('every file of the room is in the registry, and unknown names are refused', () => {
  const shared = ['index.ts', 'optimizer.ts', 'inputs.ts', 'decay.ts', 'adam-moments.ts']
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !shared.includes(f))
  expect(files.map((f) => f.replace('.ts', '')).sort()).toEqual(Object.keys(optimizers).sort())
  expect(() => optimizer('lion')).toThrow(/no optimizer 'lion'; there are sgd, momentum, adam, adamw/)
  for (const [name, def] of Object.entries(optimizers)) expect(def.at(1, LR, config), name).toHaveLength(def.scalars.length)
})
