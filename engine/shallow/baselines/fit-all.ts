// Every shallow model that can learn a target, each with the setting that does best on the validation split.
import type { Fitted, Target } from '../fitted.ts'
import { shallowModels } from '../index.ts'
import type { ShallowDef } from '../model.ts'
import { predictShallow } from '../predict.ts'
import type { BaselineRequest } from './baseline.ts'
import type { Matrix } from '../matrix.ts'

interface FitData {
  /** Whether the features are counts. */
  readonly counts: boolean
  readonly train: Matrix
  readonly val: Matrix
  /** Names of models that do not suit. */
  readonly without?: readonly string[]
}

interface FittedModel {
  readonly name: string
  readonly title: string
  readonly note: string
  readonly fitted: Fitted
  readonly seconds: number
}

/** `truth` of the validation split, in its order. */
export async function* fitAll({ counts, train, val, without = [] }: FitData, target: Target, truth: Target, request: BaselineRequest): AsyncGenerator<FittedModel> {
  const chosen = Object.entries<ShallowDef>(shallowModels).filter(([name, model]) => model.targets.includes(target.kind) && (!model.counts || counts) && !without.includes(name) && (request.only === undefined || request.only === name))
  for (const [i, [name, model]] of chosen.entries()) {
    request.signal?.throwIfAborted()
    request.onProgress?.({ done: i, total: chosen.length, stage: model.title.toLowerCase() })
    // Lets the process hear that it is to stop.
    await new Promise((resolve) => setImmediate(resolve))
    const began = performance.now()
    const tried = (val.rows === 0 ? model.settings.slice(0, 1) : model.settings).map((setting) => {
      const fitted = model.fit(train, target, setting, { seed: request.seed, ...(request.signal && { signal: request.signal }) })
      return { setting, fitted, loss: val.rows === 0 ? 0 : lossOf(predictShallow(fitted, val), truth) }
    })
    const best = tried.reduce((a, b) => (b.loss < a.loss ? b : a))
    yield { name, title: model.title, note: Object.entries(best.setting).map(([key, value]) => `${key} ${value}`).join(', '), fitted: best.fitted, seconds: (performance.now() - began) / 1000 }
  }
}

/** Mean cross-entropy with a floor under probabilities, or mean squared error. */
function lossOf(outputs: Float32Array, truth: Target): number {
  let sum = 0
  if (truth.kind === 'numbers') {
    truth.values.forEach((v, i) => (sum += (v - (outputs[i] ?? 0)) ** 2))
    return sum / truth.values.length
  }
  truth.labels.forEach((label, i) => (sum -= Math.log(Math.max(outputs[i * truth.classes + label] ?? 0, 1e-3))))
  return sum / truth.labels.length
}
