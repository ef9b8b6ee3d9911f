// What networks that make text share: sizes of their vocabularies, and options.
import { z } from 'zod'
import { LatheError } from '../../contract/errors.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { TokenizerJson } from '../../contract/tokenizer.ts'
import type { Value } from '../../graph/graph.ts'
import { add, matmul, reshape, transpose } from '../../ops/build.ts'
import type { Wiring } from '../model.ts'
import { given } from './text.ts'

/** Number of ids: one more than the largest. */
export function tokensOf({ added_tokens: added, model }: TokenizerJson): number {
  return 1 + Math.max(0, ...added.map((t) => t.id), ...Object.values(model.vocab))
}

/** @throws LatheError `usage` where the recipe is for no language model. */
export function languageTokens({ input, model }: TrainConfig): number {
  if (input.kind !== 'language') throw new LatheError('usage', `model ${model} continues texts; the recipe's input is of kind '${input.kind}'`)
  return tokensOf(input.tokenizer)
}

/** @throws LatheError `usage` where the recipe is for no translation. */
export function translationTokens({ input, model }: TrainConfig): { readonly source: number; readonly target: number } {
  if (input.kind !== 'translation') throw new LatheError('usage', `model ${model} translates; the recipe's input is of kind '${input.kind}'`)
  return { source: tokensOf(input.source), target: tokensOf(input.target) }
}

export const transformerOptions = {
  features: z.int().min(4).max(1024).default(128).describe('Numbers that stand for each token, all through the network; the heads must divide it.'),
  heads: z.int().min(1).max(16).default(4).describe('Ways of looking at other tokens, side by side.'),
  hidden: z.int().min(1).max(4096).default(512).describe('Units of the small network in each block.'),
  positions: z.enum(['rotary', 'learned', 'sinusoidal']).default('rotary').describe('How a token knows where it stands: by its distance to others (rotary), or by its place in the text.'),
}

/** `logits` [N, T, V] of the token after each; and `after` [N, V], those at the one step that `last` [N, 1, T] is 1 at. */
export function foretold(logits: Value, inputs: Readonly<Record<string, Value>>): { readonly logits: Value; readonly after: Value } {
  return { logits, after: reshape(matmul(given(inputs, 'last'), logits), [-1, logits.shape[2] ?? 1]) }
}

export const tied = z.boolean().default(false).describe('Tokens are foretold by the same vectors that they are read by: fewer weights, which a small text teaches better.')

/**
 * Logits [N, T, count] of `x` [N, T, features]: by a layer of their own, or, `tied`, by the vectors of the layer `embedding`; where the width differs,
 * a layer `projection` comes before. Press and Wolf, "Using the output embedding to improve language models", EACL 2017, https://arxiv.org/abs/1608.05859.
 */
export function tokenHead(net: Wiring, x: Value, { count, embedding, tied: shared }: { readonly count: number; readonly embedding: number; readonly tied: boolean }): Value {
  if (!shared) return net.layer('head', { type: 'dense', units: count }, x)
  const read = x.shape[2] === embedding ? x : net.layer('projection', { type: 'dense', units: embedding, bias: false }, x)
  const fan = { in: embedding, out: count }
  const vectors = net.parameter('embedding.weight', { shape: [count, embedding], initializer: null, fan, decay: false })
  const bias = net.parameter('head.bias', { shape: [count], initializer: 'zeros', fan, decay: false })
  const logits = read.graph.in('head', () => add(matmul(read, transpose(vectors, [1, 0])), bias))
  net.stretch('head', 'dense', read, logits, Number(read.shape[1]) * embedding * count)
  return logits
}
