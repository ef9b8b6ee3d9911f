// Every optimizer: many steps in ONNX Runtime against the papers' formulas in float64, and first steps known by hand.
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import { smallConfig } from '../train/testing.ts'
import { optimizer, optimizers } from './index.ts'
import { runSteps } from './testing.ts'

const P = 6
const LR = 0.05

const run = async (name: string, config: TrainConfig, start: Float32Array, grads: readonly Float32Array[], decay = 0): Promise<Float32Array> =>
  (await runSteps(name, { config, lr: LR, start, steps: grads.length, gradient: (_p, i) => grads[i]!, decay })).at(-1)!

/** The algorithms as their papers print them, in float64. */
const papers: Record<'sgd' | 'momentum' | 'adam' | 'adamw', (p: number[], grads: readonly Float32Array[], mu: number, wd: number) => number[]> = {
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

test.each(Object.keys(papers) as (keyof typeof papers)[])('%s follows its paper over 40 steps, with and without weight decay', async (name) => {
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
  const shared = ['index.ts', 'optimizer.ts', 'inputs.ts', 'decay.ts', 'adam-moments.ts', 'testing.ts']
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !shared.includes(f))
  expect(files.map((f) => f.replace('.ts', '')).sort()).toEqual(Object.keys(optimizers).sort())
  expect(() => optimizer('magic')).toThrow(/no optimizer 'magic'; there are sgd, momentum, nesterov, adam, adamw/)
  for (const [name, def] of Object.entries(optimizers)) expect(def.at(1, LR, config), name).toHaveLength(def.scalars.length)
})
