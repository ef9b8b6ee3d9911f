// NaN guard: says which tensor went bad first, and what to do.
import { LatheError } from '../../contract/errors.ts'
import { product } from '../../layers/shapes.ts'
import type { TrainConfig } from '../../contract/recipe.ts'

/** Name of the first parameter with a NaN or an infinity; null when all are finite. */
export function firstBadParameter(parameters: readonly { readonly name: string; readonly shape: readonly number[] }[], flat: Float32Array): string | null {
  if (isFinite(flat)) return null
  let at = 0
  for (const { name, shape } of parameters) {
    const end = at + product(shape)
    if (!isFinite(flat.subarray(at, end))) return name
    at = end
  }
  return null
}

export function isFinite(values: Float32Array): boolean {
  // NaN and infinities survive a sum of products with zero.
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) * 0
  return sum === 0
}

/** A batch this many times worse than guessing has no way back: the weights are noise, even where they are still numbers. */
const HOPELESS = 10_000

/** True when the loss of a batch says that training is lost; ln(classes) is what guessing costs in cross-entropy, and 1 about that of a standardised quantity. */
export function exploded(loss: number, classes: number): boolean {
  return !(loss <= HOPELESS * Math.log(Math.max(classes, 3)))
}

export interface Divergence {
  readonly step: number
  /** 1-based. */
  readonly epoch: number
  /** `loss`, `conv1.weight` or `output of conv1`. */
  readonly tensor: string
  readonly value: number
  readonly config: TrainConfig
  /** Step of the last checkpoint; null when there is none. */
  readonly lastGoodStep: number | null
}

export function diverged({ step, epoch, tensor, value, config, lastGoodStep }: Divergence): LatheError {
  const next = Number((config.lr / 10).toPrecision(3))
  const kept = lastGoodStep === null ? 'no checkpoint was made yet' : `the checkpoint of step ${lastGoodStep} is kept`
  return new LatheError('diverged', `training diverged at step ${step} (epoch ${epoch}): ${tensor} became ${Number(value.toPrecision(3))}; ${kept}. Lower the learning rate from ${config.lr} to ${next} and train again`, { step, epoch, tensor, lr: config.lr, suggestedLr: next, lastGoodStep })
}
