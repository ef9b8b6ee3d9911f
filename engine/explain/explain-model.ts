// explainModel(): the map of one row of any explainable model, with how far to trust it.
import type { Explanation, MapLabels, Progress } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { TensorData } from '../data/types.ts'
import { method as methodOf } from './index.ts'
import type { Explainable, PreparedMethod } from './method.ts'
import { completeness, emptiness, randomisation, verdict, type RandomisedMaps } from './trust.ts'

export interface ModelRequest {
  readonly model: Explainable
  /** The row of the tensor that is attributed to, and the features that it comes from. */
  readonly x: Float32Array
  readonly features: Readonly<Record<string, TensorData>>
  /** Of all targets; null where the model gives none. */
  readonly probabilities: Float32Array | null
  readonly target: number
  readonly nameOf: (target: number) => string
  readonly labels: MapLabels | null
  /** Name in engine/explain. */
  readonly method: string
  readonly options: Readonly<Record<string, unknown>>
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/** Draws at each depth of the randomisation check: more for small maps, whose ranks say less. */
const drawsFor = (cells: number): number => Math.min(20, Math.max(3, Math.ceil(256 / cells)))

/** @throws LatheError `usage` for an unknown method, option or target, or a model that the method does not serve; `data` for a map that is not finite. */
export async function explainModel(request: ModelRequest): Promise<Explanation> {
  const { model, x, features, probabilities, target, nameOf, method: name, signal, onProgress } = request
  const chosen = methodOf(name)
  if (!Number.isInteger(target) || target < 0 || target >= model.targets) throw new LatheError('usage', `class ${target}: the model has ${model.targets} classes, 0 to ${model.targets - 1}`)
  await using prepared = await chosen.prepare(model, request.options)
  const { map, completenessGap } = await prepared.attribute({
    x,
    features,
    target,
    weights: model.weights,
    exact: true,
    signal,
    onProgress: (done, total) => onProgress?.({ done, total, stage: chosen.title.toLowerCase() }),
  })
  if (!map.every(Number.isFinite)) throw new LatheError('data', `${name}: the map has numbers that are not finite; the model's weights are too large to explain. Train with a smaller learning rate`)
  const findings = [...(completenessGap === null ? [] : [completeness(completenessGap)]), emptiness(map) ?? randomisation(map, await randomisedMaps(prepared, request))]
  return {
    id: null,
    kind: model.map.kind,
    labels: request.labels,
    method: name,
    target: { index: target, class: nameOf(target), probability: probabilities?.[target] ?? null },
    ...(probabilities && { probabilities: Array.from(probabilities, (probability, i) => ({ class: nameOf(i), probability })) }),
    height: model.map.height,
    width: model.map.width,
    map,
    signed: chosen.signed,
    completenessGap,
    trust: verdict(findings),
  }
}

/** Maps of the model with its last layer, its upper half and all of it random. */
async function randomisedMaps(prepared: PreparedMethod, { model, x, features, target, signal, onProgress }: ModelRequest): Promise<RandomisedMaps[]> {
  const depths = model.depth === 0 ? [] : [...new Set([1, Math.ceil(model.depth / 2), model.depth])]
  const draws = drawsFor(model.map.height * model.map.width)
  const stages: RandomisedMaps[] = []
  for (const layers of depths) {
    const maps: Float32Array[] = []
    for (let draw = 0; draw < draws; draw++) {
      maps.push((await prepared.attribute({ x, features, target, weights: model.randomised(draw, layers), exact: false, signal, onProgress: () => undefined })).map)
      onProgress?.({ done: stages.length * draws + draw + 1, total: depths.length * draws, stage: 'randomisation check' })
    }
    stages.push({ layers, of: model.depth, maps })
  }
  return stages
}
