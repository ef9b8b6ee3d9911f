// From the gradient of a batch to the next weights and states: accumulation, regularisation, optimizer, statistics, average.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { product } from '../layers/shapes.ts'
import { add, concat, greater, mul, reshape, slice, where } from '../ops/build.ts'
import { maxNorm, onWeights, regularised } from './regularise.ts'
import type { StepPlan } from './step-parts.ts'

export interface UpdateParts {
  readonly graph: Graph
  readonly plan: Pick<StepPlan, 'network' | 'optimizer' | 'live'>
  readonly config: TrainConfig
  readonly scalars: Readonly<Record<string, Value>>
  readonly states: ReadonlyMap<string, Value>
  /** All [P]. */
  readonly weights: Value
  /** Of the live part. */
  readonly g: Value
  /** What parameters that nobody trains become, by name; the others stay. */
  readonly statistics: ReadonlyMap<string, Value>
}

/** Adds the update to the graph of `weights`. */
export function update({ graph, plan, config, scalars, states, weights, g, statistics }: UpdateParts): { weights: Value; states: Map<string, Value> } {
  const { optimizer: opt, live } = plan
  const whole = (name: string): Value => {
    const value = states.get(name) ?? scalars[name]
    if (!value) throw new LatheError('internal', `the training step has no input '${name}'`)
    return value
  }
  const moving = new Map([...states].map(([name, value]) => [name, name === 'average' ? value : live.take(value)]))
  const need = (name: string): Value => moving.get(name) ?? whole(name)
  const p = live.take(weights)
  const accumulates = config.accumulate > 1
  const gathered = accumulates ? graph.in('accumulate', () => add(need('gradient_sum'), mul(g, need('share')))) : g
  const own = opt.state.map(need)
  const stepped = graph.in(config.optimizer, () => {
    const gradient = regularised(config, live, p, gathered)
    const decay = config.weightDecay === 0 ? null : onWeights(graph, live, config.weightDecay)
    const next = opt.update({ graph, p, g: gradient, states: own, scalars, decay, config })
    return config.maxNorm === null ? next : { p: maxNorm(live, next.p, config.maxNorm), states: next.states }
  })
  const applied = accumulates ? graph.in('accumulate', () => greater(need('apply'), graph.scalar(0.5))) : null
  const choose = (then: Value, otherwise: Value): Value => (applied ? where(applied, then, otherwise) : then)
  const next = new Map(opt.state.map((name, i) => [name, choose(stepped.states[i] ?? need(name), need(name))]))
  if (applied) next.set('gradient_sum', where(applied, graph.scalar(0), gathered))
  const moved = graph.in('statistics', () => withStatistics(plan, live.put(weights, choose(stepped.p, p)), weights, statistics))
  for (const [name, value] of next) next.set(name, live.put(whole(name), value))
  if (config.averaging) next.set('average', graph.in('average', () => add(mul(need('average'), need('keep')), mul(moved, need('take')))))
  return { weights: moved, states: next }
}

/** The optimizer's weights, with statistics behind them as the layers say instead of as the optimizer left them. */
function withStatistics({ network: net }: UpdateParts['plan'], next: Value, weights: Value, statistics: ReadonlyMap<string, Value>): Value {
  if (net.trainable === net.size) return next
  const cut = (from: Value, starts: number, ends: number): Value => slice(from, { starts: [starts], ends: [ends], axes: [0] })
  let at = net.trainable
  const behind = net.parameters.flatMap((p) => {
    if (p.trainable) return []
    const [start, end] = [at, (at += product(p.shape))]
    const now = statistics.get(p.name)
    return [now ? reshape(now, [end - start]) : cut(weights, start, end)]
  })
  return concat([cut(next, 0, net.trainable), ...behind], 0)
}
