// explain(): one map for one row, with the prediction that it explains and how far to trust it.
import { Program, type Tensor } from '../compile/program.ts'
import type { Explanation, Progress } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { TensorData } from '../data/types.ts'
import { Graph } from '../graph/graph.ts'
import { argMaxOf } from '../metrics/predictions.ts'
import { network } from '../models/network.ts'
import { task } from '../tasks/index.ts'
import { method as methodOf } from './index.ts'
import { explainModel } from './explain-model.ts'
import type { Explainable } from './method.ts'
import { networkModel } from './network-model.ts'
import { featureFeeds, floats, foldMap, weightFeeds } from './support.ts'

export interface ExplainRequest {
  readonly config: TrainConfig
  readonly classNames: readonly string[]
  /** Flat, in the network's parameter order. */
  readonly weights: Float32Array
  /** The task's features of one row. */
  readonly features: Readonly<Record<string, TensorData>>
  /** Name in engine/explain. */
  readonly method: string
  /** Index of the scalar to explain; the predicted class when null. */
  readonly target: number | null
  readonly options: Readonly<Record<string, unknown>>
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/**
 * Explains the logit of the target, or what the task says stands for it.
 * @throws LatheError `usage` for an unknown method, option or target, or a model that the method does not serve; `data` for a map that is not finite.
 */
export async function explain(request: ExplainRequest): Promise<Explanation> {
  const { config, classNames, features, method, options, signal, onProgress } = request
  const chosen = methodOf(method)
  const definition = task(config.task)
  if (chosen.tasks && !chosen.tasks.includes(config.task)) throw new LatheError('usage', `${method} does not serve ${config.task}; it serves ${chosen.tasks.join(', ')}`)
  const model = networkModel(config, classNames.length, request.weights)
  const { x, row } = await predict(model, request)
  const probabilities = row['probabilities'] instanceof Float32Array && row['probabilities'].length === model.targets ? row['probabilities'] : null
  const target = request.target ?? definition.explainedOf?.(row, config) ?? (probabilities ? argMaxOf(probabilities, 0, model.targets) : 0)
  const nameOf = (i: number): string => definition.explainedName?.(i, config) ?? classNames[i] ?? String(i)
  const made = await explainModel({ model, x, features, probabilities, target, nameOf, labels: definition.attributionLabels?.(features, config) ?? null, method, options, ...(signal && { signal }), ...(onProgress && { onProgress }) })
  return model.map.kind === 'spectrogram' ? { ...made, backdrop: backdropOf(model, x) } : made
}

/** The levels of a spectrogram from its softest to its loudest cell. */
function backdropOf(model: Explainable, x: Float32Array): number[] {
  const levels = foldMap(model, x, (sum, value) => sum + value)
  const [low, high] = [levels.reduce((a, b) => Math.min(a, b), Infinity), levels.reduce((a, b) => Math.max(a, b), -Infinity)]
  return Array.from(levels, (v) => (high > low ? Math.round((255 * (v - low)) / (high - low)) : 0))
}

/** What evaluation would predict, and the tapped tensor of it. */
async function predict(model: Explainable, { config, classNames, features }: ExplainRequest): Promise<{ x: Float32Array; row: Record<string, TensorData> }> {
  const definition = task(config.task)
  const graph = new Graph('prediction')
  const given = Object.fromEntries(Object.entries(model.features).map(([name, { dtype, shape }]) => [name, graph.input(name, dtype, [1, ...shape])]))
  const built = network(config, classNames.length).build(graph, graph.in('preprocess', () => definition.preprocess(given, config)), { training: false })
  if (built.tapped) graph.output('x', built.tapped)
  const outputs = definition.predict({ outputs: built.outputs, features: given, targets: null, config, classes: classNames.length })
  for (const [name, value] of Object.entries(outputs)) graph.output(name, value)
  await using program = await Program.create(graph)
  const out: Record<string, Tensor> = await program.run({ ...featureFeeds(model, features, 1), ...weightFeeds(graph, program, model.weights) })
  return { x: Float32Array.from(floats(out, 'x')), row: Object.fromEntries(Object.keys(outputs).map((name) => [name, out[name]?.data as TensorData])) }
}
