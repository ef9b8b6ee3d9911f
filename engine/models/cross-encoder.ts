// Cross encoder: both texts of a pair as one sequence, so that every word of one looks at every word of the other.
import { z } from 'zod'
import { add } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { drop, embed, given, pooled, pooling, recurrentEncoder, transformerEncoder, transformerTextOptions } from './support/text.ts'

const options = z.strictObject({
  encoder: z.enum(['transformer', 'lstm']).default('transformer').describe('What reads the two texts: a Transformer sees all of both at once, an LSTM reads them one after the other and learns from fewer pairs.'),
  ...transformerTextOptions,
  pooling: pooling.default('max'),
})

/** Devlin et al., "BERT", 2019, https://arxiv.org/abs/1810.04805: the sum of a token's vector and that of the text it belongs to. */
export const crossEncoder: ModelDef = {
  title: 'Cross encoder',
  description: 'Reads both texts together: every word of one looks at every word of the other',
  use: 'When single words of one text must be held against single words of the other; every pair is computed anew',
  tasks: ['text-pair'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('cross-encoder', options, config.modelOptions)
    const side = net.layer('segment', { type: 'embedding', count: 3, features: o.features }, given(inputs, 'segments'))
    const x = drop(net, 'embedding-dropout', add(embed(net, given(inputs, 'tokens'), config, o.features), side), config.dropout)
    const sequence = { x, mask: given(inputs, 'mask') }
    const read = o.encoder === 'lstm' ? recurrentEncoder(net, 'encoder', 'lstm', sequence, { units: o.features, layers: o.blocks }) : transformerEncoder(net, 'encoder', sequence, o, config.dropout)
    return { logits: net.layer('head', { type: 'dense', units: classes }, drop(net, 'dropout', pooled(read, o.pooling), config.dropout)) }
  },
}
