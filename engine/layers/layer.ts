// Layer: a JSON spec turned into parameters, shapes and graph nodes.
import type { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import type { Shape } from '../graph/types.ts'
import type { Fan } from '../initializers/initializer.ts'

export interface LayerParameter {
  /** Within the layer: `weight`, `bias`; of a part of a composite layer: `expand.weight`. */
  readonly name: string
  readonly shape: readonly number[]
  /** Name in engine/initializers; null takes the run's. */
  readonly initializer: string | null
  /** Starts from this number everywhere, or from these, instead of from the initializer. */
  readonly initial?: number | Float32Array
  readonly fan: Fan
  /** Whether weight decay acts on it. */
  readonly decay: boolean
  /** False for statistics that training moves by `context.update` instead of by gradients; true where left out. */
  readonly trainable?: boolean
  /** Stands still until the recipe thaws it; false where left out. */
  readonly frozen?: boolean
}

/** Values of parameters while a file is written, so that constants can be worked out once instead of at each run. */
export interface Folding {
  /** The value of a parameter; null where it is none. */
  of(value: Value): Float32Array | null
  /** A new parameter with a worked-out value. */
  make(name: string, data: Float32Array, shape: readonly number[]): Value
}

export interface LayerContext {
  /** The parameter of this layer named `name`. */
  readonly parameter: (name: string) => Value
  readonly training: boolean
  /**
   * Float32 mask of the shape of `of` with entries 0 or 1 / (1 − rate); asked for in training only. `part` tells several of one layer apart.
   * `shared` says that the whole batch has one, e.g. of weights; otherwise the first axis is the batch.
   */
  readonly keepMask: (of: { readonly shape: Shape; readonly shared?: boolean }, rate: number, part?: string) => Value
  /** Says what a parameter that is not trainable becomes after this training step. */
  readonly update: (name: string, next: Value) => void
  /** [N]: 1 for samples, 0 for padding of the batch, which statistics over the batch leave out. */
  readonly rows?: Value | undefined
  /** [N, T]: 1 for steps of a sequence, 0 for its padding, which stands at the end. */
  readonly mask?: Value | undefined
  /** [N, S, features]: the sequence that cross-attention looks at, and its mask [N, S]. */
  readonly memory?: Value | undefined
  readonly memoryMask?: Value | undefined
  readonly folding?: Folding | undefined
}

/** A layer with its spec checked and defaults filled in, so that callers need not know its type. */
export interface BoundLayer {
  readonly type: string
  outputShape(input: readonly number[]): readonly number[]
  parameters(input: readonly number[]): readonly LayerParameter[]
  multiplyAdds(input: readonly number[]): number
  build(x: Value, context: LayerContext): Value
}

/** Checks an untrusted spec against the registry: what layers made of other layers are given. */
export type Bind = (spec: { readonly type: string }) => BoundLayer

/** Shapes are of one sample: [channels, …] or [features] or [time, features], without the batch. */
export interface LayerDef<Z extends z.ZodType = z.ZodType> {
  readonly title: string
  readonly description: string
  readonly schema: Z
  /** Throws LatheError `usage` where the layer does not fit `input`. */
  outputShape(spec: z.output<Z>, input: readonly number[], bind: Bind): readonly number[]
  parameters(spec: z.output<Z>, input: readonly number[], bind: Bind): readonly LayerParameter[]
  /** Multiply-adds of one forward pass of one sample. */
  multiplyAdds(spec: z.output<Z>, input: readonly number[], bind: Bind): number
  /** `x` has the batch in front. */
  build(spec: z.output<Z>, x: Value, context: LayerContext, bind: Bind): Value
}
