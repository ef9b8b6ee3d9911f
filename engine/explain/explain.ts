// explain(): one map for one image, with the prediction that it explains and how far to trust it.
import { Program, tensor } from '../compile/program.ts'
import type { Explanation, Progress } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import { Graph } from '../graph/graph.ts'
import { argMaxOf } from '../metrics/predictions.ts'
import { softmax } from '../ops/build.ts'
import { normalise } from '../tasks/preprocess.ts'
import { method as methodOf } from './index.ts'
import type { Explainable, PreparedMethod } from './method.ts'
import { floats, weightFeeds } from './support.ts'
import { completeness, emptiness, randomisation, rankCorrelation, verdict } from './trust.ts'

export interface ExplainRequest {
  readonly model: Explainable
  readonly classNames: readonly string[]
  /** HWC bytes at the model's input size. */
  readonly pixels: Uint8Array
  /** Name in engine/explain. */
  readonly method: string
  /** Class index; the predicted one when null. */
  readonly target: number | null
  readonly options: Readonly<Record<string, unknown>>
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/** Draws of the randomisation check. */
const DRAWS = 5

/**
 * Explains the logit of the target.
 * @throws LatheError `usage` for an unknown method, option or class, or a model that the method does not serve; `data` for a map that is not finite.
 */
export async function explain(request: ExplainRequest): Promise<Explanation> {
  const { model, classNames, method: name, signal, onProgress } = request
  const chosen = methodOf(name)
  const { x, probabilities } = await predict(model, request.pixels)
  const target = request.target ?? argMaxOf(probabilities, 0, model.classes)
  if (!Number.isInteger(target) || target < 0 || target >= model.classes) throw new LatheError('usage', `class ${target}: the model has ${model.classes} classes, 0 to ${model.classes - 1}`)
  await using prepared = await chosen.prepare(model, request.options)
  const { map, completenessGap } = await prepared.attribute({
    x,
    target,
    weights: model.weights,
    exact: true,
    signal,
    onProgress: (done, total) => onProgress?.({ done, total, stage: chosen.title.toLowerCase() }),
  })
  if (!map.every(Number.isFinite)) throw new LatheError('data', `${name}: the map has numbers that are not finite; the model's weights are too large to explain. Train with a smaller learning rate`)
  const correlations = await randomisedMaps(prepared, request, x, target, map)
  const findings = [...(completenessGap === null ? [] : [completeness(completenessGap)]), emptiness(map) ?? randomisation(correlations)]
  return {
    id: null,
    method: name,
    target: { index: target, class: classNames[target] ?? String(target), probability: probabilities[target] ?? 0 },
    probabilities: Array.from(probabilities, (probability, i) => ({ class: classNames[i] ?? String(i), probability })),
    height: model.input.height,
    width: model.input.width,
    map,
    signed: chosen.signed,
    completenessGap,
    trust: verdict(findings),
  }
}

/** Correlations of `map` with the maps of models whose last layer is random. */
async function randomisedMaps(prepared: PreparedMethod, { model, signal, onProgress }: ExplainRequest, x: Float32Array, target: number, map: Float32Array): Promise<number[]> {
  const correlations: number[] = []
  for (let draw = 0; draw < DRAWS; draw++) {
    const other = await prepared.attribute({ x, target, weights: model.randomised(draw), exact: false, signal, onProgress: () => undefined })
    correlations.push(rankCorrelation(map, other.map))
    onProgress?.({ done: draw + 1, total: DRAWS, stage: 'randomisation check' })
  }
  return correlations
}

/** Preprocessing and prediction by the graph that evaluation uses: [C, H, W] normalised, and probabilities. */
async function predict(model: Explainable, pixels: Uint8Array): Promise<{ x: Float32Array; probabilities: Float32Array }> {
  const { height, width, channels } = model.input
  if (pixels.length !== height * width * channels) throw new LatheError('internal', `explain: ${pixels.length} bytes of pixels, expected ${height} × ${width} × ${channels}`)
  const graph = new Graph('prediction')
  const x = normalise(graph.input('pixels', 'uint8', [1, height, width, channels]), model.input)
  graph.output('x', x)
  graph.output('probabilities', softmax(model.build(graph, x).logits, 1))
  await using program = await Program.create(graph)
  const out = await program.run({ pixels: tensor('uint8', pixels, [1, height, width, channels]), ...weightFeeds(graph, program, model.weights) })
  return { x: Float32Array.from(floats(out, 'x')), probabilities: Float32Array.from(floats(out, 'probabilities')) }
}
