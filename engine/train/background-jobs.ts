// What each thread of a step in the background does, and where in shared memory it reads and writes: the whole step, or its part of the batch and then its stretch of the weights.
import { stageOn, type Job, type Stage } from '../compile/parallel/background-program.ts'
import { SharedTensors, type Place, type SharedSpec } from '../compile/parallel/shared-tensors.ts'
import { inputApart, type Apart } from '../compile/passes/apart.ts'
import { onStretch } from '../compile/passes/stretch.ts'
import { LatheError } from '../contract/errors.ts'
import type { Graph } from '../graph/graph.ts'
import type { ParallelGraphs } from './parallel-graph.ts'

/** What is fed, and how many numbers the weights have. */
export interface Fed extends Pick<ParallelGraphs['plan'], 'tensors' | 'maskBytes'> {
  readonly network: { readonly size: number }
}

/** Steps in one graph, `times` of them on `batch` rows each. */
export interface WholeStep {
  readonly graph: Graph
  readonly plan: Fed
  readonly batch: number
  readonly times: number
  /** Of ONNX Runtime; its own choice where null. */
  readonly threads: number | null
}

/** One step as parts and update. */
export interface PartedStep extends Pick<ParallelGraphs, 'parts' | 'update'> {
  readonly plan: Fed
  readonly batch: number
}

export interface BackgroundJobs {
  readonly shared: SharedTensors
  /** Of each step, by set: what a batch is written to. One set can be written while another is read. */
  readonly sets: readonly (readonly Readonly<Record<string, Place>>[])[]
  /** By side: weights and states. A step reads one side and writes the other. */
  readonly sides: readonly Readonly<Record<string, Place>>[]
  /** Of each step, besides weights and states: what it gives. */
  readonly told: readonly Readonly<Record<string, Place>>[]
  /** Of each thread, by `jobOf`. */
  readonly members: readonly (readonly Job[])[]
}

const TWO = [0, 1] as const

export const jobOf = (step: number, set: number, side: number): number => (step * 2 + set) * 2 + side
const eachJob = (steps: number, job: (step: number, set: number, side: number) => Job): Job[] => Array.from({ length: steps }, (_, step) => TWO.flatMap((set) => TWO.map((side) => job(step, set, side)))).flat()

const inSet = (name: string, step: number, set: number): string => `${name} of step ${step}, set ${set}`
const sided = (name: string, side: number): string => `${name} of side ${side}`
const before = (output: string): string => output.replace(/_next$/, '')
const numbers = (shape: readonly (number | string)[]): SharedSpec => ({ dtype: 'float32', shape: shape.map(Number) })

/** Steps of the same network on batches of other lengths, or of more than one at once: they share weights and states. */
export function wholeJobs(steps: readonly WholeStep[]): BackgroundJobs {
  const [first] = steps
  if (!first) throw new LatheError('internal', 'no step to run in the background')
  const vectors = vectorsOf(first.graph)
  const told = [...first.graph.outputs.keys()].filter((name) => !vectors.includes(before(name)))
  const fed = steps.map(fedOf)
  const shared = sharedOf(fed, vectors, first.plan.network.size, {
    ...scalarsOf(first.graph, vectors, fed),
    ...Object.fromEntries(told.map((name) => [name, numbers(first.graph.outputs.get(name)?.shape ?? [])])),
  })
  const jobs = eachJob(steps.length, (i, set, side) => {
    const { graph, threads } = steps[i] ?? first
    const moving = vectors.flatMap((name) => [[name, placeOf(shared, sided(name, side))], [`${name}_next`, placeOf(shared, sided(name, 1 - side))]] as const)
    return [stageOn(graph, shared, { ...setOf(shared, fed, i, set), ...Object.fromEntries(moving) }, threads)]
  })
  const tells = Object.fromEntries(told.map((name) => [name, placeOf(shared, name)]))
  return { shared, ...placed(shared, fed, vectors), told: steps.map(() => tells), members: [jobs] }
}

/** Each thread does a part of the batch, on one thread of ONNX Runtime, then a stretch of the update; where the update cannot be cut the first does all of it. */
export function partedJobs({ plan, parts, update, batch }: PartedStep): BackgroundJobs {
  const { network: { size } } = plan
  const vectors = vectorsOf(update)
  const told = [...update.outputs.keys()].filter((name) => !vectors.includes(before(name)))
  const fed = [fedOf({ plan, batch, times: 1 })]
  const shared = sharedOf(fed, vectors, size, {
    // Shares of the parts, and the scalars.
    ...scalarsOf(update, vectors, fed),
    // What each of them says of the step; the first is told.
    ...Object.fromEntries(parts.flatMap((_, i) => told.map((name) => [`${name} ${i}`, numbers(update.outputs.get(name)?.shape ?? [])]))),
  })
  const stretches = parts.map((_, i) => TWO.map((k) => Math.floor(((i + k) * size) / parts.length)) as [number, number])
  const cut = stretches.map(([from, to]) => onStretch(update, size, from, to))
  const divided = cut.every((graph) => graph !== null)

  const partStage = ({ graph, stretches: pieces }: Apart, i: number, set: number, side: number): Stage => {
    const weights = sided('weights', side)
    return stageOn(graph, shared, {
      ...setOf(shared, fed, 0, set),
      weights: placeOf(shared, weights),
      ...Object.fromEntries([...pieces].map(([name, [from, to]]) => [name, shared.stretch(weights, from, to)])),
      ...Object.fromEntries([...graph.outputs.keys()].map((name) => [name, placeOf(shared, `${name}_${i}`)])),
    })
  }
  const updateStage = (graph: Graph, i: number, [from, to]: readonly [number, number], side: number): Stage => {
    const input = (name: string): Place => {
      const of = vectors.includes(name) ? sided(name, side) : name
      return placeOf(shared, of).shape[0] === size ? shared.stretch(of, from, to) : placeOf(shared, of)
    }
    const output = (name: string): Place => (vectors.includes(before(name)) ? shared.stretch(sided(before(name), 1 - side), from, to) : placeOf(shared, `${name} ${i}`))
    return stageOn(graph, shared, { ...Object.fromEntries(graph.inputs.map(({ name }) => [name, input(name)])), ...Object.fromEntries([...graph.outputs.keys()].map((name) => [name, output(name)])) })
  }
  const members = parts.map((part, i) => {
    const [graph, stretch] = divided ? [cut[i] ?? null, stretches[i] ?? ([0, size] as const)] : [i === 0 ? update : null, [0, size] as const]
    const apart = inputApart(part, 'weights') ?? { graph: part, stretches: new Map() }
    return eachJob(1, (_, set, side) => [partStage(apart, i, set, side), graph && updateStage(graph, i, stretch, side)])
  })
  return { shared, ...placed(shared, fed, vectors), told: [Object.fromEntries(told.map((name) => [name, placeOf(shared, `${name} 0`)]))], members }
}

/** Weights and states: what comes in and goes out again. */
const vectorsOf = (graph: Graph): string[] => graph.inputs.map((v) => v.name).filter((name) => graph.outputs.has(`${name}_next`))

/** Features, targets, `rows` and `masks`. */
function fedOf({ plan: { tensors, maskBytes }, batch, times }: Pick<WholeStep, 'plan' | 'batch' | 'times'>): Record<string, SharedSpec> {
  return {
    ...Object.fromEntries(Object.entries(tensors).map(([name, { dtype, shape }]) => [name, { dtype, shape: [times * batch, ...shape] }])),
    rows: { dtype: 'float32', shape: [times * batch] },
    ...(maskBytes > 0 && { masks: { dtype: 'uint8', shape: [times * maskBytes] } }),
  }
}

/** All that goes in and is neither fed nor a vector. */
const scalarsOf = (graph: Graph, vectors: readonly string[], [fed]: readonly Readonly<Record<string, SharedSpec>>[]): Record<string, SharedSpec> =>
  Object.fromEntries(graph.inputs.filter(({ name }) => !vectors.includes(name) && !fed?.[name]).map((v) => [v.name, numbers(v.shape)]))

function sharedOf(fed: readonly Readonly<Record<string, SharedSpec>>[], vectors: readonly string[], size: number, further: Readonly<Record<string, SharedSpec>>): SharedTensors {
  return SharedTensors.create({
    ...Object.fromEntries(fed.flatMap((specs, step) => TWO.flatMap((set) => Object.entries(specs).map(([name, spec]) => [inSet(name, step, set), spec])))),
    ...Object.fromEntries(TWO.flatMap((side) => vectors.map((name) => [sided(name, side), numbers([size])]))),
    ...further,
  })
}

const setOf = (shared: SharedTensors, fed: readonly Readonly<Record<string, SharedSpec>>[], step: number, set: number): Record<string, Place> =>
  Object.fromEntries(Object.keys(fed[step] ?? {}).map((name) => [name, placeOf(shared, inSet(name, step, set))]))

const placed = (shared: SharedTensors, fed: readonly Readonly<Record<string, SharedSpec>>[], vectors: readonly string[]): Pick<BackgroundJobs, 'sets' | 'sides'> => ({
  sets: fed.map((_, step) => TWO.map((set) => setOf(shared, fed, step, set))),
  sides: TWO.map((side) => Object.fromEntries(vectors.map((name) => [name, placeOf(shared, sided(name, side))]))),
})

function placeOf(shared: SharedTensors, name: string): Place {
  const place = shared.places[name]
  if (!place) throw new LatheError('internal', `a step in the background has no shared tensor '${name}'`)
  return place
}
