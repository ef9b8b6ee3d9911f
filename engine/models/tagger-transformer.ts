// Transformer tagger: every token looks at all others before it is tagged.
import { z } from 'zod'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { crfOption, tagged } from './support/tagger.ts'
import { drop, embed, given, transformerEncoder, transformerTextOptions } from './support/text.ts'

const options = z.strictObject({ ...transformerTextOptions, crf: crfOption.default(false) })

/** Devlin et al., "BERT", 2019, section 5.3, https://arxiv.org/abs/1810.04805, from scratch. */
export const taggerTransformer: ModelDef = {
  title: 'Transformer tagger',
  description: 'Lets every word look at all others, then tags each',
  use: 'Where words far apart tell what a word is; it wants more samples than an LSTM',
  tasks: ['text-tagging'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('tagger-transformer', options, config.modelOptions)
    const x = drop(net, 'embedding-dropout', embed(net, given(inputs, 'tokens'), config, o.features), config.dropout)
    return tagged(net, transformerEncoder(net, 'encoder', { x, mask: given(inputs, 'mask') }, o, config.dropout), classes, o.crf, config.dropout)
  },
}
