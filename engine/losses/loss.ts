// Loss: from a network's output and targets to the number that training makes small.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { Value } from '../graph/graph.ts'

export interface LossInput {
  /** What the network gives; its shape is told by the loss's `prediction`. */
  readonly prediction: Value
  /** As the loss's `target` tells; null where it needs none. */
  readonly target: Value | null
  /** Float [N]: weight of each row, 0 for padding; null for all 1. */
  readonly weights: Value | null
  /** int64 [N]: real time steps of each row, for losses over sequences; null for all. */
  readonly lengths?: Value | null
}

export interface LossOutput {
  /** Scalar to differentiate: weighted mean over rows, smoothing and class weights included. */
  readonly objective: Value
  /** Scalar to report: weighted sum over rows without smoothing and class weights, so that training and validation compare. */
  readonly sum: Value
}

export interface LossDef {
  readonly title: string
  readonly description: string
  /** Shape and meaning of the prediction. */
  readonly prediction: string
  /** Shape, type and meaning of the target; null where there is none. */
  readonly target: string | null
  /** Every option has a default. */
  readonly options: z.ZodType
  /** Throws LatheError `usage` for options that do not fit, GraphError for shapes that do not. */
  build(input: LossInput, options?: Readonly<Record<string, unknown>>): LossOutput
}

interface LossSource<S extends z.ZodType> extends Omit<LossDef, 'build' | 'options'> {
  readonly options: S
  build(input: LossInput, options: z.infer<S>): LossOutput
}

/** Keeps the type of a loss's options while it is written down; `build` checks what it is given. */
export function defineLoss<S extends z.ZodType>(source: LossSource<S>): LossDef {
  return { ...source, build: (input, options = {}) => source.build(input, lossOptions(source.title, source.options, options)) }
}

/** @throws LatheError `usage` for options that do not fit. */
export function lossOptions<S extends z.ZodType>(title: string, schema: S, given: Readonly<Record<string, unknown>>): z.infer<S> {
  const parsed = schema.safeParse(given)
  if (!parsed.success) throw new LatheError('usage', `loss ${title}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
  return parsed.data
}

export const noOptions = z.strictObject({})
