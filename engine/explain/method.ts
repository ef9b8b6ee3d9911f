// ExplainMethod: what every attribution method exports; Explainable: the model as methods see it.
import type { z } from 'zod'
import type { TensorData, TensorSpec } from '../data/types.ts'
import type { Graph, Value } from '../graph/graph.ts'
import type { AttributionMap } from '../tasks/task.ts'

/** Values of the parameters by name, row-major float32. */
export type Weights = ReadonlyMap<string, Float32Array>

/** A trained model that can be built into any graph. */
export interface Explainable {
  readonly name: string
  /** Of one row of the tensor that is attributed to. */
  readonly shape: readonly number[]
  readonly map: AttributionMap
  /** What the network's side is fed, of one row each. */
  readonly features: Readonly<Record<string, TensorSpec>>
  /** How many scalars can be explained: classes. */
  readonly targets: number
  readonly weights: Weights
  /**
   * Adds inputs of the names of `features`, each [n, …]. `x` float32 [n, …shape] stands in for what they give; `target` [1, targets] is one-hot.
   * `score` [n]; `lastConv` [n, K, h, w] of the last convolution, null without one.
   */
  build(graph: Graph, x: Value, target: Value): { readonly score: Value; readonly lastConv: Value | null }
  /** How many layers with weight matrices the score depends on. */
  readonly depth: number
  /** The weights with the last `layers` of those as before training; another draw for another number. */
  randomised(draw: number, layers: number): Weights
}

export interface MapRequest {
  /** One row of the tensor that is attributed to. */
  readonly x: Float32Array
  /** The row that it comes from. */
  readonly features: Readonly<Record<string, TensorData>>
  /** Index of the scalar that is explained. */
  readonly target: number
  readonly weights: Weights
  /** False: one pass of the given effort, for comparisons; true: as exact as the options allow. */
  readonly exact: boolean
  readonly signal: AbortSignal | undefined
  readonly onProgress: (done: number, total: number) => void
}
export interface Attribution {
  /** Row-major, as the model's `map` says. */
  readonly map: Float32Array
  /** See Explanation; null where the method promises no completeness. */
  readonly completenessGap: number | null
}

/** Compiled for one model; runs for any weights of it. */
export interface PreparedMethod extends AsyncDisposable {
  attribute(request: MapRequest): Promise<Attribution>
}

export interface ExplainMethod {
  readonly title: string
  readonly description: string
  /** The paper. */
  readonly source: string
  /** Task ids that it serves; null for all. */
  readonly tasks: readonly string[] | null
  /** Whether attributions have a sign: for and against the class. */
  readonly signed: boolean
  /** Schema of the options, every field with a default. */
  readonly options: z.ZodType
  /** Throws LatheError `usage` for a model or options that it does not serve. */
  prepare(model: Explainable, options: unknown): Promise<PreparedMethod>
}
