// Model template: a named architecture that turns a recipe into a chain of layers, or into any wiring of them.
import type { z } from 'zod'
import type { TrainConfig } from '../contract/recipe.ts'
import type { Value } from '../graph/graph.ts'
import type { LayerParameter } from '../layers/layer.ts'
import type { LayerSpec } from '../layers/index.ts'

export interface NamedLayer {
  /** Unique in the network; prefix of its parameters (`conv1.weight`). */
  readonly name: string
  readonly spec: LayerSpec
}

export interface LayerOptions {
  /** [N, T]: 1 for steps of a sequence, 0 for its padding. */
  readonly mask?: Value
  /** What cross-attention looks at [N, S, features], and its mask [N, S]. */
  readonly memory?: Value
  readonly memoryMask?: Value
}

/** How a model is put together. The same calls in the same order each time: names decide what parameters are called and which are shared. */
export interface Wiring {
  /** Applies the layer `name`; the same name again applies the same weights. `x` has the batch in front and known sizes behind it. */
  layer(name: string, spec: LayerSpec, x: Value, options?: LayerOptions): Value
  /** A parameter of no layer. */
  parameter(name: string, parameter: Omit<LayerParameter, 'name'>): Value
  /** Marks the float tensor that explanations attribute to, and gives what stands for it from here on. */
  tap(x: Value): Value
  /** Marks a map of features [N, C, h, w] for Grad-CAM, where no layer is one. */
  map(x: Value): void
  /** Names a stretch of nodes that no layer made, with the multiply-adds of one sample. */
  stretch(name: string, type: string, from: Value, to: Value, multiplyAdds: number): void
  readonly training: boolean
  /** Float [N]: 0 for rows that only fill up the batch. */
  readonly rows: Value | undefined
}

interface Described {
  readonly title: string
  readonly description: string
  /** When to choose it. */
  readonly use: string
  /** Task ids it serves. */
  readonly tasks: readonly string[]
  /** Schema of `modelOptions`, every field with a default. */
  readonly options: z.ZodType
}

/** From network input `x` through one layer after another to output `logits`. Throws LatheError `usage` for options that do not fit. */
export interface ChainDef extends Described {
  layers(config: TrainConfig, classes: number): readonly NamedLayer[]
}

/** From what the task's `preprocess` gives to what its `loss` takes. Throws LatheError `usage` for options that do not fit. */
export interface WiredDef extends Described {
  wire(net: Wiring, inputs: Readonly<Record<string, Value>>, config: TrainConfig, classes: number): Readonly<Record<string, Value>>
}

export type ModelDef = ChainDef | WiredDef
