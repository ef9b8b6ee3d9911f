// Optimizer: one update of all parameters, as graph nodes on flat vectors.
import type { TrainConfig } from '../contract/recipe.ts'
import type { Graph, Value } from '../graph/graph.ts'

/** What is fed besides where the schedule moves the momentum: that of this update, and that of the one before. */
export const MOVED = ['momentum', 'momentum_before'] as const

export interface UpdateInput {
  readonly graph: Graph
  /** Parameters, [P]. */
  readonly p: Value
  /** Gradient of the objective, [P]. */
  readonly g: Value
  /** State vectors, each [P], in the order of `state`. */
  readonly states: readonly Value[]
  /** Step-dependent numbers by the names of `scalars`, each a scalar fed on every step; those of `MOVED` as well where the schedule moves the momentum. */
  readonly scalars: Readonly<Record<string, Value>>
  /** Weight decay of each parameter: [P] or a scalar; null for none. */
  readonly decay: Value | null
  readonly config: TrainConfig
}

export interface OptimizerDef {
  readonly title: string
  readonly description: string
  /** Names of the state vectors; all start at zero. */
  readonly state: readonly string[]
  /** Names of what `at` returns, in order. */
  readonly scalars: readonly string[]
  /** Its momentum is one that a schedule may move (Smith and Topin, 2018); others have a mean over squares, or a schedule of their own. */
  readonly movesMomentum?: boolean
  /** Values of the scalars at step `t` (1-based) with learning rate `lr`; `config.momentum` is that of the step. */
  at(t: number, lr: number, config: TrainConfig): readonly number[]
  /** It measures curvature between steps, which only means something where every step sees all samples. */
  readonly fullBatch?: boolean
  /** Adds the update to the graph. New states in the order of `state`. */
  update(input: UpdateInput): { readonly p: Value; readonly states: readonly Value[] }
}
