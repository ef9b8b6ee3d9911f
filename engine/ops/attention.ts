// Attention: softmax(scale · Q·Kᵀ + mask) · V, many heads at once; fewer heads of keys and values are shared by groups of queries.
// https://onnx.ai/onnx/operators/onnx__Attention.html (opset 23); Vaswani et al. 2017, https://arxiv.org/abs/1706.03762
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp, type GradContext } from '../graph/op.ts'
import type { Dim, Shape, ValueType } from '../graph/types.ts'
import { add } from './add.ts'
import { cast } from './cast.ts'
import { expand } from './expand.ts'
import { matmul } from './matmul.ts'
import { mul } from './mul.ts'
import { reduceSum } from './reduce_sum.ts'
import { reshape } from './reshape.ts'
import { softmax } from './softmax.ts'
import { sub } from './sub.ts'
import { must, single, typed } from './support/rule.ts'
import { plus, text } from './support/shape.ts'
import { known } from './support/window.ts'
import { transpose } from './transpose.ts'
import { unsqueeze } from './unsqueeze.ts'
import { where } from './where.ts'

const attributes = z.strictObject({
  is_causal: z.literal([0, 1]).default(0),
  q_num_heads: z.int().min(1).optional(),
  kv_num_heads: z.int().min(1).optional(),
  qk_matmul_output_mode: z.int().default(0),
  scale: z.number().optional(),
  softcap: z.number().default(0),
  softmax_precision: z.int().optional(),
})
type AttentionAttributes = z.infer<typeof attributes>
const reals = ['float32', 'float64', 'float16'] as const

export const Attention = defineOp<AttentionAttributes>({
  name: 'Attention',
  domain: '',
  since: 23,
  inputs: [
    { name: 'Q', dtypes: reals, type: 'T' },
    { name: 'K', dtypes: reals, type: 'T' },
    { name: 'V', dtypes: reals, type: 'T' },
    { name: 'attn_mask', dtypes: [...reals, 'bool'], optional: true },
    { name: 'past_key', dtypes: reals, type: 'T', optional: true },
    { name: 'past_value', dtypes: reals, type: 'T', optional: true },
  ],
  outputs: [1, 4],
  attributes,
  floats: ['scale', 'softcap'],
  infer: ({ inputs, attrs }) => {
    const { dtype, shape } = must(inputs, 0)
    const [q, k, v] = [heads(must(inputs, 0), attrs.q_num_heads), heads(must(inputs, 1), attrs.kv_num_heads), heads(must(inputs, 2), attrs.kv_num_heads)]
    const fits = q[0] === k[0] && q[3] === k[3] && k[1] === v[1] && k[2] === v[2] && k[0] === v[0]
    const [many, few] = [known('Attention', 'the number of query heads', q[1]), known('Attention', 'the number of key heads', k[1])]
    if (!fits || many % few !== 0) throw new GraphError(`Attention: queries ${text(q)}, keys ${text(k)} and values ${text(v)} (batch, heads, length, features) do not fit`)
    const past = inputs[4]?.shape[2]
    const total = past === undefined ? must(k, 2) : sum(past, must(k, 2))
    const width = must(v, 3)
    const y: Shape = shape.length === 4 ? [must(q, 0), many, must(q, 2), width] : [must(q, 0), must(q, 2), known('Attention', 'the features of a value', width) * many]
    return [y, [must(q, 0), few, total, must(k, 3)], [must(q, 0), few, total, width], [must(q, 0), many, must(q, 2), total]].map((s) => ({ dtype, shape: s }))
  },
  grad: (ctx) => {
    const [g = null, ...others] = ctx.grads
    if (!g || others.some((o) => o)) throw new GraphError('Attention: a gradient through the result only, not through the present keys and values or the scores')
    if (ctx.inputs[4] ?? ctx.inputs[5]) throw new GraphError('Attention: no gradient with past keys and values')
    if (ctx.attrs.softcap !== 0) throw new GraphError('Attention: no gradient with a softcap')
    return backward(ctx, g)
  },
})

const sum = (a: Dim, b: Dim): Dim => (typeof a === 'number' ? plus(b, a) : typeof b === 'number' ? plus(a, b) : `${a}+${b}`)

/** [batch, heads, length, features] of either layout. */
function heads({ shape }: ValueType, count: number | undefined): Dim[] {
  if (shape.length === 4) return [...shape]
  if (shape.length !== 3 || count === undefined) throw new GraphError(`Attention: found ${text(shape)}, expected [batch, heads, length, features], or [batch, length, heads · features] with the number of heads`)
  const width = known('Attention', 'the last axis', shape[2])
  if (width % count !== 0) throw new GraphError(`Attention: ${width} features do not divide into ${count} heads`)
  return [must(shape, 0), count, must(shape, 1), width / count]
}

function backward(ctx: GradContext<AttentionAttributes>, grad: Value): (Value | null)[] {
  const { q_num_heads, kv_num_heads, is_causal } = ctx.attrs
  const [qIn, kIn, vIn, mask] = [must(ctx.inputs, 0), must(ctx.inputs, 1), must(ctx.inputs, 2), ctx.inputs[3] ?? null]
  const few = known('Attention', 'the number of key heads', heads(kIn, kv_num_heads)[1])
  const many = known('Attention', 'the number of query heads', heads(qIn, q_num_heads)[1])
  const q = apart(qIn, q_num_heads)
  const [k, v] = [repeated(apart(kIn, kv_num_heads), many / few), repeated(apart(vIn, kv_num_heads), many / few)]
  const g = apart(grad, q_num_heads)
  const scale = ctx.attrs.scale ?? 1 / Math.sqrt(known('Attention', 'the features of a head', q.shape[3]))
  let scores = mul(matmul(q, swapped(k)), scale)
  if (mask) scores = mask.dtype === 'bool' ? where(mask, scores, -Infinity) : add(scores, cast(mask, scores.dtype))
  if (is_causal === 1) scores = where(causal(scores), scores, -Infinity)
  const p = softmax(scores)
  const dp = matmul(g, swapped(v))
  const ds = mul(p, sub(dp, reduceSum(mul(dp, p), [3], true)))
  const back = (d: Value, like: Value): Value => together(gathered(d, many / few, few), like)
  return [
    ctx.needs(0) ? together(mul(matmul(ds, k), scale), qIn) : null,
    ctx.needs(1) ? back(mul(matmul(swapped(ds), q), scale), kIn) : null,
    ctx.needs(2) ? back(matmul(swapped(p), g), vIn) : null,
    mask && ctx.needs(3) ? ds : null,
  ]
}

const swapped = (v: Value): Value => transpose(v, [0, 1, 3, 2])

/** [batch, length, heads · features] to [batch, heads, length, features]. */
function apart(v: Value, count: number | undefined): Value {
  if (v.shape.length === 4 || count === undefined) return v
  const [n, h, length, width] = heads(v, count) as [Dim, Dim, Dim, Dim]
  return transpose(reshape(v, [n, length, h, width]), [0, 2, 1, 3])
}

/** The way back, where `like` has three axes. */
function together(v: Value, like: Value): Value {
  return like.shape.length === 4 ? v : reshape(transpose(v, [0, 2, 1, 3]), like.shape)
}

/** Each head `times` in a row. */
function repeated(v: Value, times: number): Value {
  if (times === 1) return v
  const [n, h, length, width] = v.shape as [Dim, number, Dim, Dim]
  return reshape(expand(unsqueeze(v, [2]), [n, h, times, length, width]), [n, h * times, length, width])
}

/** Sums over the heads that shared one. */
function gathered(v: Value, times: number, few: number): Value {
  if (times === 1) return v
  const [n, , length, width] = v.shape as [Dim, Dim, Dim, Dim]
  return reduceSum(reshape(v, [n, few, times, length, width]), [2])
}

/** Query i sees keys 0..i. */
function causal(scores: Value): Value {
  const [rows, columns] = [known('Attention', 'the number of queries', scores.shape[2]), known('Attention', 'the number of keys', scores.shape[3])]
  return scores.graph.constant(typed('bool', Array.from({ length: rows * columns }, (_, i) => (i % columns <= Math.floor(i / columns) ? 1 : 0))), 'bool', [rows, columns])
}

export interface AttentionOptions {
  /** Added to the scores, or of bool: true where a key may be seen. Broadcasts to [batch, heads, queries, keys]. */
  readonly mask?: Value | null
  readonly causal?: boolean
  /** Where the inputs are [batch, length, heads · features]. */
  readonly heads?: number
  /** As many as `heads` where left out. */
  readonly keyHeads?: number
  /** 1 / sqrt(features) where left out. */
  readonly scale?: number
}

/** q [batch, heads, queries, features], k and v [batch, heads, keys, features]. */
export function attention(q: Value, k: Value, v: Value, { mask = null, causal: isCausal = false, heads: count, keyHeads = count, scale }: AttentionOptions = {}): Value {
  return single(Attention, [q, k, v, mask], { is_causal: isCausal ? 1 : 0, q_num_heads: count, kv_num_heads: keyHeads, scale })
}
