// TfIdfVectorizer: counts of n-grams in rows of tokens, weighted where asked.
// https://onnx.ai/onnx/operators/onnx__TfIdfVectorizer.html (opset 9)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { first, single } from './support/rule.ts'
import { text } from './support/shape.ts'

const attributes = z.strictObject({
  mode: z.enum(['TF', 'IDF', 'TFIDF']),
  min_gram_length: z.int().min(1),
  max_gram_length: z.int().min(1),
  max_skip_count: z.int().min(0),
  ngram_counts: z.array(z.int()),
  ngram_indexes: z.array(z.int()).min(1),
  pool_int64s: z.array(z.int()).optional(),
  pool_strings: z.array(z.string()).optional(),
  weights: z.array(z.number()).optional(),
})

export const TfIdfVectorizer = defineOp<z.infer<typeof attributes>>({
  name: 'TfIdfVectorizer',
  domain: '',
  since: 9,
  inputs: [{ name: 'X', dtypes: ['string', 'int64', 'int32'] }],
  outputs: [1, 1],
  attributes,
  floats: ['weights'],
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const { pool_strings, pool_int64s, ngram_indexes, weights } = ctx.attrs
    if (shape.length === 0 || shape.length > 2) throw new GraphError(`TfIdfVectorizer: tokens of shape ${text(shape)}, expected [C] or [N, C]`)
    const pool = dtype === 'string' ? pool_strings : pool_int64s
    if (!pool?.length) throw new GraphError(`TfIdfVectorizer: tokens of ${dtype} need ${dtype === 'string' ? 'pool_strings' : 'pool_int64s'}`)
    if (weights && weights.length !== ngram_indexes.length) throw new GraphError(`TfIdfVectorizer: ${weights.length} weights for ${ngram_indexes.length} n-grams`)
    return [{ dtype: 'float32', shape: [...shape.slice(0, -1), Math.max(...ngram_indexes) + 1] }]
  },
  grad: 'none',
})

export interface TfIdfOptions {
  /** N-grams by their length: `[[tokens of length 1], [tokens of length 2, …], …]`, one after the other. */
  readonly grams: readonly (readonly (readonly (string | number)[])[])[]
  readonly mode?: 'TF' | 'IDF' | 'TFIDF'
  /** Shortest n-gram that counts; 1 where left out. */
  readonly shortest?: number
  /** Tokens that may be left out between two of an n-gram. */
  readonly skips?: number
  /** One an n-gram. */
  readonly weights?: readonly number[]
}

/** tokens [C] or [N, C] to counts of the n-grams, in their order: [grams] or [N, grams]. */
export function tfIdfVectorizer(tokens: Value, { grams, mode = 'TF', shortest = 1, skips = 0, weights }: TfIdfOptions): Value {
  const pool = grams.flat(2)
  const counts = grams.map((_, i) => grams.slice(0, i).flat(2).length)
  return single(TfIdfVectorizer, [tokens], {
    mode,
    min_gram_length: shortest,
    max_gram_length: grams.length,
    max_skip_count: skips,
    ngram_counts: counts,
    ngram_indexes: grams.flat(1).map((_, i) => i),
    ...(tokens.dtype === 'string' ? { pool_strings: pool.map(String) } : { pool_int64s: pool.map(Number) }),
    ...(weights && { weights }),
  })
}
