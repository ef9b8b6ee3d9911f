// ExplainMethod: what every attribution method exports; Explainable: the model as methods see it.
import type { z } from 'zod'
import type { ImageInput } from '../contract/recipe.ts'
import type { Graph, Value } from '../graph/graph.ts'

/** Values of the parameters by name, row-major float32. */
export type Weights = ReadonlyMap<string, Float32Array>

/** A classifier of images that can be built into any graph. */
export interface Explainable {
  readonly name: string
  readonly input: ImageInput
  readonly classes: number
  readonly weights: Weights
  /** `x` float32 [N, C, H, W], normalised. `logits` [N, classes]; `lastConv` [N, K, h, w] of the last convolution, null without one. */
  build(graph: Graph, x: Value): { readonly logits: Value; readonly lastConv: Value | null }
  /** The weights with the last layer drawn afresh; another draw for another number. */
  randomised(draw: number): Weights
}

export interface MapRequest {
  /** [C, H, W], normalised. */
  readonly x: Float32Array
  /** Class index whose logit is explained. */
  readonly target: number
  readonly weights: Weights
  /** False: one pass of the given effort, for comparisons; true: as exact as the options allow. */
  readonly exact: boolean
  readonly signal: AbortSignal | undefined
  readonly onProgress: (done: number, total: number) => void
}
export interface Attribution {
  /** Row-major, H × W of the input. */
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
  /** Task ids that it serves. */
  readonly tasks: readonly string[]
  /** Whether attributions have a sign: for and against the class. */
  readonly signed: boolean
  /** Schema of the options, every field with a default. */
  readonly options: z.ZodType
  /** Throws LatheError `usage` for a model or options that it does not serve. */
  prepare(model: Explainable, options: unknown): Promise<PreparedMethod>
}
