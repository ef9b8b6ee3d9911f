// Optimizer: one update of all parameters, as graph nodes on flat vectors.
import type { TrainConfig } from '../contract/recipe.ts'
import type { Graph, Value } from '../graph/graph.ts'

export interface UpdateInput {
  readonly graph: Graph
  /** Parameters, [P]. */
  readonly p: Value
  /** Gradient of the objective, [P]. */
  readonly g: Value
  /** State vectors, each [P], in the order of `state`. */
  readonly states: readonly Value[]
  /** Step-dependent numbers by the names of `scalars`, each a scalar fed on every step. */
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
  /** Values of the scalars at step `t` (1-based) with learning rate `lr`. */
  at(t: number, lr: number, config: TrainConfig): readonly number[]
  /** It measures curvature between steps, which only means something where every step sees all samples. */
  readonly fullBatch?: boolean
  /** Adds the update to the graph. New states in the order of `state`. */
  update(input: UpdateInput): { readonly p: Value; readonly states: readonly Value[] }
}
