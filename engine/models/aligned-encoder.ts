// Aligned encoder: each word of a text is held against what the other text has to say to it.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { add, concat, matmul, mul, reshape, slice, softmax, squeeze, sub, transpose, unsqueeze } from '../ops/build.ts'
import type { ModelDef, Wiring } from './model.ts'
import { modelOptions } from './options.ts'
import { drop, embed, given, hidden, joined, maxOf, meanOf, recurrentEncoder, recurrentTextOptions, type Sequence } from './support/text.ts'

const options = z.strictObject({
  cell: z.enum(['lstm', 'gru']).default('lstm').describe('What reads each text: the GRU is smaller.'),
  ...recurrentTextOptions,
  dense: z.int().min(1).max(4096).default(64).describe('Units of the layers that compare.'),
})

const NEVER = -1e9

/** For each step of `a` the steps of `b` that are most like it, weighted: [N, T, features]. */
function alignedWith(a: Sequence, b: Sequence): Value {
  const features = Number(a.x.shape[2])
  const alike = mul(matmul(a.x, transpose(b.x, [0, 2, 1])), features ** -0.5)
  return matmul(softmax(add(alike, unsqueeze(mul(sub(1, b.mask), NEVER), [1])), 2), hidden(b))
}

/** Both texts of `tokens` [N, 2, T] with their masks, after one shared embedding. */
export function bothTexts(net: Wiring, inputs: Readonly<Record<string, Value>>, embedTokens: (tokens: Value) => Value): readonly [Sequence, Sequence] {
  const [tokens, mask] = [given(inputs, 'tokens'), given(inputs, 'mask')]
  const [n = 1, , T] = tokens.shape
  const time = Number(T)
  const both = embedTokens(reshape(tokens, [n, 2 * time]))
  const side = (i: number): Sequence => ({ x: slice(both, { starts: [i * time], ends: [(i + 1) * time], axes: [1] }), mask: squeeze(slice(mask, { starts: [i], ends: [i + 1], axes: [1] }), [1]) })
  return [side(0), side(1)]
}

/** Chen et al., "Enhanced LSTM for natural language inference", 2017, https://arxiv.org/abs/1609.06038; alignment: Parikh et al., 2016, https://arxiv.org/abs/1606.01933. */
export const alignedEncoder: ModelDef = {
  title: 'Aligned encoder',
  description: 'Reads both texts, then holds each word of one against its like in the other',
  use: 'The first choice for pairs: what is the same, general, opposite or missing shows word by word; every pair is computed anew',
  tasks: ['text-pair'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('aligned-encoder', options, config.modelOptions)
    const [first, second] = bothTexts(net, inputs, (tokens) => drop(net, 'embedding-dropout', embed(net, tokens, config, o.embedding), config.dropout))
    const read = (text: Sequence): Sequence => recurrentEncoder(net, o.cell, o.cell, text, o)
    const [a, b] = [read(first), read(second)]
    const compare = (x: Sequence, y: Sequence): Value[] => {
      const like = alignedWith(x, y)
      const seen = net.layer('relu', { type: 'relu' }, net.layer('compare', { type: 'dense', units: o.dense }, concat([x.x, like, sub(x.x, like), mul(x.x, like)], 2)))
      const compared = { x: seen, mask: x.mask }
      return [maxOf(compared), meanOf(compared)]
    }
    const summed = net.layer('relu', { type: 'relu' }, net.layer('dense', { type: 'dense', units: o.dense }, joined([...compare(a, b), ...compare(b, a)])))
    return { logits: net.layer('head', { type: 'dense', units: classes }, drop(net, 'dropout', summed, config.dropout)) }
  },
}
