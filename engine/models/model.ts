// Model template: a named architecture that turns a recipe into layer specs.
import type { z } from 'zod'
import type { TrainConfig } from '../contract/recipe.ts'
import type { LayerSpec } from '../layers/index.ts'

export interface NamedLayer {
  /** Unique in the network; prefix of its parameters (`conv1.weight`). */
  readonly name: string
  readonly spec: LayerSpec
}

export interface ModelDef {
  readonly title: string
  readonly description: string
  /** When to choose it. */
  readonly use: string
  /** Task ids it serves. */
  readonly tasks: readonly string[]
  /** Schema of `modelOptions`, every field with a default. */
  readonly options: z.ZodType
  /** The last layer gives the logits. Throws LatheError `usage` for options that do not fit. */
  layers(config: TrainConfig, classes: number): readonly NamedLayer[]
}
