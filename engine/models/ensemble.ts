// Ensemble network: its members side by side on the same inputs, their outputs averaged as the task says.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { noMean } from '../contract/task-kinds.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { add, concat, div, log, max, mul, neg, reduceSum, sigmoid, slice, softmax, sqrt, sub } from '../ops/build.ts'
import { task } from '../tasks/index.ts'
import type { Averaging, Values } from '../tasks/task.ts'
import type { BuildOptions, Built, Network, NetworkLayer, NetworkParameter } from './network.ts'

/** Below it a mean probability counts as this one: its logarithm must stay a number. */
const LEAST = 1e-30

/** Members' names of layers and parameters begin so. */
export const memberPrefix = (index: number): string => `member${index + 1}/`

/** @throws LatheError `usage` for a task whose outputs have no mean, or members whose outputs differ. */
export function averagingOf(config: TrainConfig): Readonly<Record<string, Averaging>> {
  const { averaged } = task(config.task)
  if (!averaged) throw new LatheError('usage', noMean(config.task))
  return averaged
}

/**
 * Parameters are the members', one member after another, by their own names behind `member1/…`. The mean is taken over probabilities (or
 * over numbers), and the network's outputs are such that the task's loss, decoding and explanation see that mean.
 */
export function ensembleNetwork(config: TrainConfig, members: readonly Network[], classes: number): Network {
  const rules = averagingOf(config)
  const parameters = members.flatMap((m, i) => m.parameters.map((p): NetworkParameter => ({ ...p, name: memberPrefix(i) + p.name })))
  const layers = members.flatMap((m, i) => m.layers.map((l): NetworkLayer => ({ ...l, name: memberPrefix(i) + l.name, parameters: l.parameters.map((p) => ({ ...p, name: memberPrefix(i) + p.name })) })))
  const sum = (of: (m: Network) => number): number => members.reduce((total, m) => total + of(m), 0)
  return {
    classes,
    layers,
    parameters,
    size: sum((m) => m.size),
    trainable: sum((m) => m.trainable),
    multiplyAdds: sum((m) => m.multiplyAdds),
    build: (graph, inputs, options) => build(graph, inputs, options, members, rules),
    initialWeights: () => {
      const weights = members.map((m, i) => m.initialWeights((config.ensemble?.members[i]?.seed ?? config.seed) >>> 0))
      const flat = new Float32Array(sum((m) => m.size))
      let at = 0
      for (const w of weights) {
        flat.set(w, at)
        at += w.length
      }
      return flat
    },
  }
}

function build(graph: Graph, inputs: Values, options: BuildOptions, members: readonly Network[], rules: Readonly<Record<string, Averaging>>): Built {
  if (options.training) throw new LatheError('internal', 'an ensemble is not trained as a whole: its members are, one after another')
  const taps = new TapSharing(options.tap)
  const built = members.map((m, i) => graph.in(`member${i + 1}`, () => m.build(graph, inputs, { ...options, prefix: memberPrefix(i), tap: (x) => taps.of(i, x) })))
  const outputs = graph.in('ensemble', () => averaged(built.map((b) => b.outputs), rules))
  const all = <T>(of: (b: Built) => ReadonlyMap<string, T>): Map<string, T> => new Map(built.flatMap((b, i) => Array.from(of(b), ([name, value]) => [memberPrefix(i) + name, value] as const)))
  return { outputs, layers: all((b) => b.layers), updates: new Map(), folded: new Map(built.flatMap((b) => [...b.folded])), lastConv: null, tapped: taps.tapped(graph), features: built[0]?.features ?? null }
}

/**
 * What explanations attribute to: the members' common input where all tap the same value, else what each taps (its own embedding of the
 * same words), side by side along the last axis.
 */
class TapSharing {
  readonly #given: ((x: Value) => Value) | undefined
  readonly #seen: Value[] = []
  #put: Value | null = null
  #at = 0

  constructor(given: ((x: Value) => Value) | undefined) {
    this.#given = given
  }

  of(member: number, x: Value): Value {
    this.#seen[member] = x
    if (!this.#given) return x
    this.#put ??= this.#given(x)
    const own = Number(x.shape.at(-1))
    // The value put in is as wide as all members' together, or is the one that they share.
    if (x === this.#seen[0] && (member > 0 || Number(this.#put.shape.at(-1)) === own)) return this.#put
    const start = this.#at
    this.#at += own
    return slice(this.#put, { starts: [start], ends: [start + own], axes: [x.shape.length - 1] })
  }

  tapped(graph: Graph): Value | null {
    const [first] = this.#seen
    if (this.#put) return this.#put
    if (!first) return null
    if (this.#seen.every((x) => x === first)) return first
    const alike = this.#seen.every((x) => x.shape.length === first.shape.length && x.shape.slice(0, -1).every((size, i) => size === first.shape[i]))
    return alike ? graph.in('ensemble', () => concat([...this.#seen], first.shape.length - 1)) : null
  }
}

function averaged(members: readonly Values[], rules: Readonly<Record<string, Averaging>>): Values {
  const [first = {}] = members
  return Object.fromEntries(Object.entries(first).map(([name, value]) => {
    const rule = rules[name]
    const all = members.map((m) => m[name])
    const same = all.filter((v): v is Value => v !== undefined && v.shape.length === value.shape.length)
    if (!rule) throw new LatheError('internal', `ensemble: the task does not say how the output '${name}' is averaged`)
    if (same.length !== members.length) throw new LatheError('usage', `the networks cannot answer as one: only some of them give '${name}'; combine networks of one kind`)
    return [name, combine(same, rule)]
  }))
}

const mean = (values: readonly Value[]): Value => mul(values.reduce((a, b) => add(a, b)), 1 / values.length)
const logOf = (p: Value): Value => log(max(p, p.graph.scalar(LEAST)))

function combine(values: readonly Value[], rule: Averaging): Value {
  const [first] = values
  if (!first) throw new LatheError('internal', 'ensemble: no member')
  switch (rule.kind) {
    case 'same':
      return first
    case 'mean':
      return mean(values)
    case 'softmax':
      // The softmax of the logarithm of probabilities is those probabilities.
      return logOf(mean(values.map((v) => softmax(v, rule.axis < 0 ? v.shape.length + rule.axis : rule.axis))))
    case 'sigmoid':
      return sub(logOf(mean(values.map((v) => sigmoid(v)))), logOf(mean(values.map((v) => sigmoid(neg(v))))))
    case 'direction': {
      // Cosines of the joined vectors are the means of the members' cosines.
      const unit = values.map((v) => div(v, sqrt(max(reduceSum(mul(v, v), [v.shape.length - 1]), v.graph.scalar(LEAST)))))
      return mul(concat(unit, first.shape.length - 1), 1 / Math.sqrt(values.length))
    }
  }
}
