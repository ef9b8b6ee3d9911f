// ShallowDef: a model without hidden layers, fitted in one go.
import type { Fitted, Target } from './fitted.ts'
import type { Matrix } from './matrix.ts'

export interface FitOptions {
  readonly seed: number
  readonly signal?: AbortSignal
}

export interface ShallowDef {
  readonly title: string
  readonly description: string
  /** Targets it can learn. */
  readonly targets: readonly Target['kind'][]
  /** Features it needs to be counts (0 or more). */
  readonly counts?: boolean
  /** Settings to choose from by the loss on the validation split; the first is taken where there is none. */
  readonly settings: readonly Readonly<Record<string, number>>[]
  fit(x: Matrix, target: Target, setting: Readonly<Record<string, number>>, options: FitOptions): Fitted
}
