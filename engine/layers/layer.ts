// Layer: a JSON spec turned into parameters, shapes and graph nodes.
import type { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import type { Fan } from '../initializers/initializer.ts'

export interface LayerParameter {
  /** Within the layer: `weight`, `bias`. */
  readonly name: string
  readonly shape: readonly number[]
  /** Name in engine/initializers; null takes the run's. */
  readonly initializer: string | null
  readonly fan: Fan
  /** Whether weight decay acts on it. */
  readonly decay: boolean
}

export interface LayerContext {
  /** The parameter of this layer named `name`. */
  readonly parameter: (name: string) => Value
  readonly training: boolean
  /** Float32 mask of the shape of `x` with entries 0 or 1 / (1 − rate); asked for in training only. */
  readonly keepMask: (x: Value, rate: number) => Value
}

/** Shapes are of one sample: [channels, height, width] or [features], without the batch. */
export interface LayerDef<Z extends z.ZodType = z.ZodType> {
  readonly title: string
  readonly description: string
  readonly schema: Z
  /** Throws LatheError `usage` where the layer does not fit `input`. */
  outputShape(spec: z.output<Z>, input: readonly number[]): readonly number[]
  parameters(spec: z.output<Z>, input: readonly number[]): readonly LayerParameter[]
  /** Multiply-adds of one forward pass of one sample. */
  multiplyAdds(spec: z.output<Z>, input: readonly number[]): number
  /** `x` has the batch in front. */
  build(spec: z.output<Z>, x: Value, context: LayerContext): Value
}
