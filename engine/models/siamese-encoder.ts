// Siamese encoder: the same network reads each text of a pair by itself; their vectors are compared.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { abs, mul, reshape, slice, squeeze, sub } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { drop, embed, given, joined, pooled, pooling, recurrentEncoder, recurrentTextOptions } from './support/text.ts'

const options = z.strictObject({
  cell: z.enum(['lstm', 'gru']).default('lstm').describe('What reads each text: the GRU is smaller.'),
  ...recurrentTextOptions,
  pooling: pooling.default('max'),
  dense: z.int().min(1).max(4096).default(128).describe('Units of the layer that compares.'),
})

/** [u, v, |u − v|, u·v] and a dense layer. Conneau et al., "Supervised learning of universal sentence representations", 2017, https://arxiv.org/abs/1705.02364. */
export const siameseEncoder: ModelDef = {
  title: 'Siamese encoder',
  description: 'Reads both texts with the same network and compares what it made of each',
  use: 'When one text is compared with many: its vector is computed once. The first choice where what is compared is all over the texts',
  tasks: ['text-pair'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('siamese-encoder', options, config.modelOptions)
    const [tokens, mask] = [given(inputs, 'tokens'), given(inputs, 'mask')]
    const [n = 1, , time = 1] = tokens.shape
    const both = embed(net, reshape(tokens, [n, 2 * Number(time)]), config, o.embedding)
    const read = (i: number): Value => {
      const x = slice(both, { starts: [i * Number(time)], ends: [(i + 1) * Number(time)], axes: [1] })
      const own = squeeze(slice(mask, { starts: [i], ends: [i + 1], axes: [1] }), [1])
      return pooled(recurrentEncoder(net, o.cell, o.cell, { x: drop(net, 'embedding-dropout', x, config.dropout), mask: own }, o), o.pooling)
    }
    const [u, v] = [read(0), read(1)]
    const compared = net.layer('relu', { type: 'relu' }, net.layer('dense', { type: 'dense', units: o.dense }, joined([u, v, abs(sub(u, v)), mul(u, v)])))
    return { logits: net.layer('head', { type: 'dense', units: classes }, drop(net, 'dropout', compared, config.dropout)) }
  },
}
