// LSTM tagger: reads a text in both directions and tags each token, with a CRF over the tags.
import { z } from 'zod'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { crfOption, tagged } from './support/tagger.ts'
import { drop, embed, given, recurrentEncoder, recurrentTextOptions } from './support/text.ts'

const options = z.strictObject({
  cell: z.enum(['lstm', 'gru']).default('lstm').describe('What reads the text: the GRU is smaller.'),
  ...recurrentTextOptions,
  crf: crfOption.default(true),
})

/** Huang, Xu and Yu, "Bidirectional LSTM-CRF models for sequence tagging", 2015, https://arxiv.org/abs/1508.01991. */
export const taggerLstm: ModelDef = {
  title: 'LSTM tagger',
  description: 'Reads a text forwards and backwards and tags each word, in rows of tags that fit together',
  use: 'The first choice for names and phrases in texts',
  tasks: ['text-tagging'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('tagger-lstm', options, config.modelOptions)
    const x = drop(net, 'embedding-dropout', embed(net, given(inputs, 'tokens'), config, o.embedding), config.dropout)
    return tagged(net, recurrentEncoder(net, o.cell, o.cell, { x, mask: given(inputs, 'mask') }, o), classes, o.crf, config.dropout)
  },
}
