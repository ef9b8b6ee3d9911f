// Task: what is learned from what, with which head and loss, and how well it went.
import type { Prediction } from '../contract/commands.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { Predictions } from '../metrics/predictions.ts'
import type { Score } from '../metrics/score.ts'

/** What the default recipe adapts to, measured on the labelled training samples. */
export interface DataSummary {
  readonly samples: number
  readonly classes: number
  /** Median size of the source images. */
  readonly height: number
  readonly width: number
  /** 1 where all are grey. */
  readonly channels: 1 | 3
  /** Per channel, of pixels scaled to 0..1; null where they were not measured. */
  readonly mean: readonly number[] | null
  readonly std: readonly number[] | null
}

export interface TaskDef {
  readonly title: string
  /** What a sample is. */
  readonly input: 'image'
  /** What a person gives a sample. */
  readonly label: 'class'
  /** Name in engine/losses. */
  readonly loss: string
  /** Names in engine/metrics, the first the one to rank by. */
  readonly metrics: readonly string[]
  /** Names in engine/models, the first the default. */
  readonly models: readonly string[]
  /** The recipe a fresh run uses. Throws LatheError `usage` for a model that does not serve this task. */
  recipe(data: DataSummary, model: string | null): TrainConfig
  /** Class names with probabilities, most probable first, for one row of probabilities. */
  decode(probabilities: Float32Array, classes: readonly string[]): Prediction['outputs']
  /** All metrics with 95 % intervals. `seed` is of the bootstrap. */
  score(predictions: Predictions, seed: number): Score
}
