// RotaryEmbedding: pairs of features turned by angles that grow with the position. The gradient turns back.
// https://onnx.ai/onnx/operators/onnx__RotaryEmbedding.html (opset 23); Su et al. 2021, https://arxiv.org/abs/2104.09864
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp, type OpDef } from '../graph/op.ts'
import { neg } from './neg.ts'
import { first, must, single } from './support/rule.ts'
import { text } from './support/shape.ts'

const attributes = z.strictObject({ interleaved: z.literal([0, 1]).default(0), num_heads: z.int().min(0).default(0), rotary_embedding_dim: z.int().min(0).default(0) })

export const RotaryEmbedding: OpDef = defineOp<z.infer<typeof attributes>>({
  name: 'RotaryEmbedding',
  domain: '',
  since: 23,
  inputs: [
    { name: 'X', dtypes: ['float32', 'float16'], type: 'T' },
    { name: 'cos_cache', dtypes: ['float32', 'float16'], type: 'T' },
    { name: 'sin_cache', dtypes: ['float32', 'float16'], type: 'T' },
    { name: 'position_ids', dtypes: ['int64'], optional: true },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const [x, cos, sin] = [first(ctx).shape, must(ctx.inputs, 1).shape, must(ctx.inputs, 2).shape]
    if (x.length !== 4 && !(x.length === 3 && ctx.attrs.num_heads > 0)) throw new GraphError(`RotaryEmbedding: X is ${text(x)}, expected [batch, heads, length, features], or [batch, length, heads · features] with num_heads`)
    const rank = ctx.inputs[3] ? 2 : 3
    if (cos.length !== rank || text(cos) !== text(sin)) throw new GraphError(`RotaryEmbedding: cosines ${text(cos)} and sines ${text(sin)}, expected ${rank === 2 ? '[positions, pairs]' : '[batch, length, pairs]'} of both`)
    const last = must(x, x.length - 1)
    const features = ctx.attrs.rotary_embedding_dim || (x.length === 4 ? last : typeof last === 'number' ? last / ctx.attrs.num_heads : last)
    const pairs = cos.at(-1)
    if (typeof features === 'number' && typeof pairs === 'number' && pairs * 2 !== features) throw new GraphError(`RotaryEmbedding: ${pairs} angles for ${features} features, expected ${features / 2}`)
    return [first(ctx)]
  },
  grad: (ctx) => {
    if (ctx.needs(1) || ctx.needs(2)) throw new GraphError('RotaryEmbedding: no gradient for the cosines and sines; they are constants of the position')
    const { interleaved, num_heads, rotary_embedding_dim } = ctx.attrs
    return [single(RotaryEmbedding, [must(ctx.grads, 0), must(ctx.inputs, 1), neg(must(ctx.inputs, 2)), ctx.inputs[3] ?? null], { interleaved, num_heads, rotary_embedding_dim }), null, null, null]
  },
})

export interface RotaryEmbeddingOptions {
  /** int64 [batch, length]: rows of the caches; without them the caches hold a row for each place. */
  readonly positions?: Value | null
  /** Pairs are neighbours; else the first half goes with the second. */
  readonly interleaved?: boolean
  /** Where x is [batch, length, heads · features]. */
  readonly heads?: number
  /** Only this many features of each head turn. */
  readonly features?: number
}

/** x [batch, heads, length, features]; cos and sin [positions, features / 2], or [batch, length, features / 2]. */
export function rotaryEmbedding(x: Value, cos: Value, sin: Value, { positions = null, interleaved = false, heads = 0, features = 0 }: RotaryEmbeddingOptions = {}): Value {
  return single(RotaryEmbedding, [x, cos, sin, positions], { interleaved: interleaved ? 1 : 0, num_heads: heads, rotary_embedding_dim: features })
}
