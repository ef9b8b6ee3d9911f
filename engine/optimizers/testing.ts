// What tests of optimizers share: steps of one optimizer with given gradients, as the training step makes them.
import { Program, tensor, type Tensor } from '../compile/program.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Graph } from '../graph/graph.ts'
import { reshape, split } from '../ops/build.ts'
import { optimizer } from './index.ts'
import { MOVED } from './optimizer.ts'

export interface Steps {
  readonly config: TrainConfig
  readonly lr: number
  readonly start: Float32Array
  readonly steps: number
  /** Gradient of step `i` (0-based) at weights `p`. */
  readonly gradient: (p: Float32Array, i: number) => Float32Array
  readonly decay?: number
  /** Momentum of step `i` (0-based), where it moves. */
  readonly momentum?: (i: number) => number
}

/** The weights after each step. */
export async function runSteps(name: string, { config, lr, start, steps, gradient, decay = 0, momentum }: Steps): Promise<Float32Array[]> {
  const P = start.length
  const def = optimizer(name)
  const graph = new Graph(name)
  const p = graph.input('p', 'float32', [P])
  const g = graph.input('g', 'float32', [P])
  const states = def.state.map((s) => graph.input(s, 'float32', [P]))
  const names = [...def.scalars, ...(momentum ? MOVED : [])]
  const fed = graph.input('scalars', 'float32', [names.length])
  const pieces = names.length > 1 ? split(fed, names.map(() => 1), 0) : [fed]
  const scalars = Object.fromEntries(names.map((s, i) => [s, reshape(pieces[i] ?? fed, [])]))
  const next = def.update({ graph, p, g, states, scalars, decay: decay > 0 ? graph.scalar(decay) : null, config })
  graph.output('p_next', next.p)
  def.state.forEach((s, i) => {
    const state = next.states[i]
    if (state) graph.output(`${s}_next`, state)
  })
  await using program = await Program.create(graph, { threads: 1 })
  let moving: Record<string, Tensor> = { p: tensor('float32', start, [P]), ...Object.fromEntries(def.state.map((s) => [s, tensor('float32', new Float32Array(P), [P])])) }
  const path: Float32Array[] = []
  let at = start
  for (let i = 0; i < steps; i++) {
    const now = momentum?.(i) ?? config.momentum
    const numbers = [...def.at(i + 1, lr, { ...config, momentum: now }), ...(momentum ? [now, i === 0 ? now : momentum(i - 1)] : [])]
    const out = await program.run({ ...moving, g: tensor('float32', gradient(at, i), [P]), scalars: tensor('float32', Float32Array.from(numbers), [names.length]) })
    moving = Object.fromEntries(Object.keys(moving).map((k) => [k, out[`${k}_next`] ?? tensor('float32', new Float32Array(P).fill(NaN), [P])]))
    at = moving['p']?.data as Float32Array
    path.push(at)
  }
  return path
}
