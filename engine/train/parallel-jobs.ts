// What each thread of a step in parts does, and where in shared memory it reads and writes: its part of the batch, then its stretch of the weights.
import { jobOn, type Job } from '../compile/parallel/background-program.ts'
import { SharedTensors, type Place, type SharedSpec } from '../compile/parallel/shared-tensors.ts'
import { inputApart, type Apart } from '../compile/passes/apart.ts'
import { onStretch } from '../compile/passes/stretch.ts'
import { LatheError } from '../contract/errors.ts'
import type { Graph } from '../graph/graph.ts'
import type { ParallelGraphs } from './parallel-graph.ts'

/** Of the plan: what is fed, and how many numbers the weights have. */
export interface Programs extends Pick<ParallelGraphs, 'parts' | 'update'> {
  readonly plan: Pick<ParallelGraphs['plan'], 'tensors' | 'maskBytes'> & { readonly network: { readonly size: number } }
}

export interface ParallelJobs {
  readonly shared: SharedTensors
  /** Names of what the batch is written to. */
  readonly fed: readonly string[]
  /** Names of weights and states. */
  readonly vectors: readonly string[]
  /** Names of all else that the update gives. */
  readonly told: readonly string[]
  /** Of each thread: the part reading side 0 and reading side 1, then the update from side 0 to 1 and from 1 to 0. */
  readonly jobs: readonly (readonly Job[])[]
  /** Whether each thread updates a stretch; else the first updates all. */
  readonly divided: boolean
}

/** Weights and states have two sides: a step reads one and writes the other. */
export const sided = (name: string, side: number): string => `${name} of side ${side}`

export function placeOf(shared: SharedTensors, name: string): Place {
  const place = shared.places[name]
  if (!place) throw new LatheError('internal', `a step in parts has no shared tensor '${name}'`)
  return place
}

const before = (output: string): string => output.replace(/_next$/, '')

export function parallelJobs({ plan, parts, update }: Programs, batch: number): ParallelJobs {
  const { network: { size }, tensors, maskBytes } = plan
  const vectors = update.inputs.map((v) => v.name).filter((name) => update.outputs.has(`${name}_next`))
  const told = [...update.outputs.keys()].filter((name) => !vectors.includes(before(name)))
  const fed: Record<string, SharedSpec> = {
    ...Object.fromEntries(Object.entries(tensors).map(([name, { dtype, shape }]) => [name, { dtype, shape: [batch, ...shape] }])),
    rows: { dtype: 'float32', shape: [batch] },
    ...(maskBytes > 0 && { masks: { dtype: 'uint8', shape: [maskBytes] } }),
  }
  const numbers = (shape: readonly (number | string)[]): SharedSpec => ({ dtype: 'float32', shape: shape.map(Number) })
  const shared = SharedTensors.create({
    ...fed,
    ...Object.fromEntries([0, 1].flatMap((side) => vectors.map((name) => [sided(name, side), numbers([size])]))),
    // Shares of the parts, and the scalars.
    ...Object.fromEntries(update.inputs.filter((v) => !vectors.includes(v.name)).map((v) => [v.name, numbers(v.shape)])),
    // What each of them says of the step; the first is told.
    ...Object.fromEntries(parts.flatMap((_, i) => told.map((name) => [`${name} ${i}`, numbers(update.outputs.get(name)?.shape ?? [])]))),
  })
  const stretches = parts.map((_, i) => [i, i + 1].map((k) => Math.floor((k * size) / parts.length)) as [number, number])
  const cut = stretches.map(([from, to]) => onStretch(update, size, from, to))
  const divided = cut.every((graph) => graph !== null)

  const partJob = ({ graph, stretches: pieces }: Apart, i: number, side: number): Job => {
    const weights = sided('weights', side)
    return jobOn(graph, shared, {
      weights: placeOf(shared, weights),
      ...Object.fromEntries([...pieces].map(([name, [from, to]]) => [name, shared.stretch(weights, from, to)])),
      ...Object.fromEntries([...graph.outputs.keys()].map((name) => [name, placeOf(shared, `${name}_${i}`)])),
    })
  }
  const updateJob = (graph: Graph, i: number, [from, to]: readonly [number, number], side: number): Job => {
    const input = (name: string): Place => {
      const of = vectors.includes(name) ? sided(name, side) : name
      return placeOf(shared, of).shape[0] === size ? shared.stretch(of, from, to) : placeOf(shared, of)
    }
    const output = (name: string): Place => (vectors.includes(before(name)) ? shared.stretch(sided(before(name), 1 - side), from, to) : placeOf(shared, `${name} ${i}`))
    return jobOn(graph, shared, { ...Object.fromEntries(graph.inputs.map(({ name }) => [name, input(name)])), ...Object.fromEntries([...graph.outputs.keys()].map((name) => [name, output(name)])) })
  }
  const jobs = parts.map((part, i) => {
    const [graph, stretch] = divided ? [cut[i] ?? null, stretches[i] ?? ([0, size] as const)] : [i === 0 ? update : null, [0, size] as const]
    const apart = inputApart(part, 'weights') ?? { graph: part, stretches: new Map() }
    return [...[0, 1].map((side) => partJob(apart, i, side)), ...(graph ? [0, 1].map((side) => updateJob(graph, i, stretch, side)) : [])]
  })
  return { shared, fed: Object.keys(fed), vectors, told, jobs, divided }
}
