// Attention: each step of [N, time, features] gathers from all steps (or from a memory), several heads side by side.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { Value } from '../graph/graph.ts'
import { add, matmul, mul, reshape, softmax, sub, transpose, unsqueeze } from '../ops/build.ts'
import { dense } from './dense.ts'
import type { LayerContext, LayerDef } from './layer.ts'
import { sequenceShape } from './shapes.ts'
import { part } from './support/bind.ts'
import { buildPart, partParameters, type Part } from './support/parts.ts'
import { rotate } from './support/rotary.ts'

const schema = z.strictObject({
  type: z.literal('attention'),
  /** Must divide the features. */
  heads: z.int().min(1),
  /** Steps see only themselves and earlier ones. */
  causal: z.boolean().default(false),
  /** Gathers from the context's memory instead of from its own sequence. */
  cross: z.boolean().default(false),
  /** Turns queries and keys by their position. */
  rotary: z.boolean().default(false),
  /** Of the weights, in training. */
  dropout: z.number().min(0).max(0.95).default(0),
  initializer: z.string().optional(),
})
type Spec = z.output<typeof schema>

/** Added to scores that must not count: exp of it is 0 in float32, and sums stay finite. */
const NEVER = -1e9

function check(spec: Spec, input: readonly number[]): readonly [number, number] {
  const [time, features] = sequenceShape('attention', input)
  const size = features / spec.heads
  if (!Number.isInteger(size)) throw new LatheError('usage', `layer attention: ${spec.heads} heads do not divide ${features} features`)
  if (spec.rotary && size % 2 !== 0) throw new LatheError('usage', `layer attention: rotary positions need an even number of features a head, it is ${size}`)
  return [time, features]
}

function projections(spec: Spec, features: number): readonly Part[] {
  return ['query', 'key', 'value', 'out'].map((name) => [name, part(dense, { type: 'dense', units: features, initializer: spec.initializer })] as const)
}

/**
 * softmax(Q·Kᵀ / √size)·V, then a dense layer. Parts `query`, `key`, `value`, `out`. The context's `mask` [N, T] hides padding, its
 * `memory` [N, S, features] and `memoryMask` [N, S] serve cross-attention.
 * Vaswani et al., 2017, https://arxiv.org/abs/1706.03762; rotary positions: Su et al., 2021, https://arxiv.org/abs/2104.09864.
 */
export const attention: LayerDef<typeof schema> = {
  title: 'Attention',
  description: 'Lets each step of a sequence gather from all others what it needs',
  schema,
  outputShape: (spec, input) => (check(spec, input), input),
  parameters: (spec, input) => projections(spec, check(spec, input)[1]).flatMap((p) => partParameters(p, input)),
  /** Of self-attention, or of a memory as long as the sequence. */
  multiplyAdds: (spec, input) => {
    const [time, features] = check(spec, input)
    return 4 * time * features * features + 2 * time * time * features
  },
  build: (spec, x, context) => {
    const { memory = null } = context
    if (spec.cross && !memory) throw new LatheError('usage', 'layer attention: cross-attention needs a memory; it belongs into a decoder')
    const source = spec.cross && memory ? memory : x
    const [n = 1, , features = 1] = x.shape
    const size = Number(features) / spec.heads
    const [query, key, value, out] = projections(spec, Number(features))
    if (!query || !key || !value || !out) throw new LatheError('internal', 'layer attention: a projection is missing')
    const heads = (p: Part, from: Value, of: LayerContext = context): Value => reshape(buildPart(p, from, of), [n, from.shape[1] ?? 1, spec.heads, size])
    const turned = (v: Value): Value => (spec.rotary ? rotate(v) : v)
    const scaled = (v: Value): Value => mul(v, size ** -0.5)
    // In training the weights are scaled, which are fewer numbers than the queries; files have them as they are.
    const queries = context.training ? heads(query, x, { ...context, parameter: (name) => scaled(context.parameter(name)) }) : scaled(heads(query, x))
    const q = transpose(turned(queries), [0, 2, 1, 3])
    const k = transpose(turned(heads(key, source)), [0, 2, 3, 1])
    const v = transpose(heads(value, source), [0, 2, 1, 3])
    const weights = softmax(hide(matmul(q, k), spec, context), 3)
    const kept = context.training && spec.dropout > 0 ? mul(weights, context.keepMask(weights, spec.dropout)) : weights
    return buildPart(out, reshape(transpose(matmul(kept, v), [0, 2, 1, 3]), x.shape), context)
  },
}

/** Scores [N, heads, T, S] with what must not be seen pushed out of the softmax. */
function hide(scores: Value, { causal, cross }: Spec, { mask, memoryMask }: LayerContext): Value {
  const [T, S] = [Number(scores.shape[2]), Number(scores.shape[3])]
  const padding = cross ? memoryMask : mask
  let seen = scores
  if (causal) seen = add(seen, scores.graph.constant(Float32Array.from({ length: T * S }, (_, i) => (i % S > Math.floor(i / S) ? NEVER : 0)), 'float32', [T, S]))
  return padding ? add(seen, unsqueeze(mul(sub(1, padding), NEVER), [1, 2])) : seen
}
