// What models of texts share: embeddings with their padding hidden, encoders, and how a sequence becomes one vector.
import { z } from 'zod'
import { LatheError } from '../../contract/errors.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { Value } from '../../graph/graph.ts'
import { add, concat, div, max, mul, reduceMax, reduceSum, sub, unsqueeze } from '../../ops/build.ts'
import type { Wiring } from '../model.ts'

/** A sequence under way: `x` float [N, T, features], `mask` float [N, T] with padding at the end. */
export interface Sequence {
  readonly x: Value
  readonly mask: Value
}

/** Smaller than any feature that a network makes. */
const LEAST = -1e9

/** Number of ids of the recipe's tokenizer. @throws LatheError `usage` where the recipe is not for texts. */
export function vocabularySize({ input, model }: TrainConfig): number {
  if (!('tokenizer' in input)) throw new LatheError('usage', `model ${model} reads texts; the recipe's input is of kind '${input.kind}'`)
  return 1 + Math.max(...input.tokenizer.added_tokens.map((t) => t.id), ...Object.values(input.tokenizer.model.vocab))
}

/** An input of the network. @throws LatheError `internal` where the task does not give it. */
export function given(inputs: Readonly<Record<string, Value>>, name: string): Value {
  const found = inputs[name]
  if (!found) throw new LatheError('internal', `a model of texts needs '${name}', it was given ${Object.keys(inputs).join(', ')}`)
  return found
}

/** Vectors of `tokens` [N, T]; explanations attribute to them. Name and weights are `embedding`. */
export function embed(net: Wiring, tokens: Value, config: TrainConfig, features: number): Value {
  return net.tap(net.layer('embedding', { type: 'embedding', count: vocabularySize(config), features }, tokens))
}

/** Dropout of the recipe's rate, if it has one. */
export function drop(net: Wiring, name: string, x: Value, rate: number): Value {
  return rate > 0 ? net.layer(name, { type: 'dropout', rate }, x) : x
}

/** Mask [N, T] as [N, T, 1]. */
const column = (mask: Value): Value => unsqueeze(mask, [2])

/** Zero where padding is. */
export const hidden = ({ x, mask }: Sequence): Value => mul(x, column(mask))

/** Mean of the steps that are no padding, [N, features]; zeros where there is no step. */
export function meanOf(sequence: Sequence): Value {
  const count = reduceSum(sequence.mask, [1], true)
  return div(reduceSum(hidden(sequence), [1], false), max(count, count.graph.scalar(1)))
}

/** Largest of each feature over the steps that are no padding, [N, features]; −1e9 where there is no step. */
export function maxOf({ x, mask }: Sequence): Value {
  return reduceMax(add(mul(x, column(mask)), mul(sub(1, column(mask)), LEAST)), [1], false)
}

export const pooling = z.enum(['max', 'mean']).describe('How the steps of a text become one vector: the strongest signal of each feature, or their mean.')

export const pooled = (sequence: Sequence, how: z.infer<typeof pooling>): Value => (how === 'max' ? maxOf(sequence) : meanOf(sequence))

export const recurrentTextOptions = {
  embedding: z.int().min(1).max(1024).default(64).describe('Numbers that stand for each token.'),
  units: z.int().min(1).max(1024).default(64).describe('Units of the memory in each direction.'),
  layers: z.int().min(1).max(4).default(1).describe('Recurrent layers on top of each other.'),
}

/** Reads the sequence in both directions: [N, T, 2 · units]. */
export function recurrentEncoder(net: Wiring, name: string, cell: 'lstm' | 'gru', { x, mask }: Sequence, options: { readonly units: number; readonly layers: number }): Sequence {
  return { x: net.layer(name, { type: cell, units: options.units, layers: options.layers, bidirectional: true, sequences: true, initializer: 'xavier-uniform' }, x, { mask }), mask }
}

export const transformerTextOptions = {
  features: z.int().min(4).max(1024).default(64).describe('Numbers that stand for each token, all through the network; the heads must divide it.'),
  heads: z.int().min(1).max(16).default(4).describe('Ways of looking at other tokens, side by side.'),
  blocks: z.int().min(1).max(12).default(2).describe('Blocks of attention and a small network, one after another.'),
  hidden: z.int().min(1).max(4096).default(128).describe('Units of the small network in each block.'),
  positions: z.enum(['rotary', 'learned', 'sinusoidal']).default('rotary').describe('How a token knows where it stands: by its distance to others (rotary), or by its place in the text.'),
}
export interface TransformerText {
  readonly features: number
  readonly heads: number
  readonly blocks: number
  readonly hidden: number
  readonly positions: 'rotary' | 'learned' | 'sinusoidal'
}

/** Every token looks at all others: [N, T, features]. */
export function transformerEncoder(net: Wiring, name: string, { x, mask }: Sequence, options: TransformerText, dropout: number): Sequence {
  const { heads, blocks, hidden: units, positions } = options
  const rotary = positions === 'rotary'
  const placed = rotary ? x : net.layer(`${name}-position`, { type: 'position', kind: positions }, x)
  return { x: net.layer(name, { type: 'transformer-encoder', heads, blocks, hidden: units, rotary, dropout, initializer: 'xavier-uniform' }, placed, { mask }), mask }
}

/** Side by side along the features. */
export const joined = (parts: readonly Value[]): Value => concat(parts, 1)
