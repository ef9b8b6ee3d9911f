// Results of guided experiments: small real runs beside each other.
import type { TrainConfig } from './recipe.ts'

export interface ExperimentRun {
  readonly id: string
  readonly title: string
  /** Why it learns, or does not. */
  readonly why: string
  readonly config: TrainConfig
  /** On the test split, with its 95 % interval. */
  readonly accuracy: number
  readonly interval: { readonly low: number; readonly high: number }
  readonly seconds: number
  /** Training loss of each epoch. */
  readonly losses: readonly number[]
  /** Root mean square of the gradient at each weight matrix, from the first layer to the last, before and after training. */
  readonly gradients: readonly { readonly layer: string; readonly start: number; readonly end: number }[]
}

export interface ExperimentResult {
  readonly id: 'vanishing-gradients'
  readonly sample: string
  readonly licence: string
  readonly depth: number
  readonly units: number
  readonly epochs: number
  readonly seed: number
  /** Accuracy of guessing. */
  readonly guess: number
  /** What fails first, then the remedies. */
  readonly runs: readonly ExperimentRun[]
}
