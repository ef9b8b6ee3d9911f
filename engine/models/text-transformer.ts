// Text Transformer: every token looks at all others.
import { z } from 'zod'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { drop, embed, given, pooled, pooling, transformerEncoder, transformerTextOptions } from './support/text.ts'

const options = z.strictObject({ ...transformerTextOptions, pooling: pooling.default('mean') })

/** Vaswani et al., 2017, https://arxiv.org/abs/1706.03762; as an encoder: Devlin et al., 2019, https://arxiv.org/abs/1810.04805. */
export const textTransformer: ModelDef = {
  title: 'Text Transformer',
  description: 'Lets every word look at all others, in several ways side by side',
  use: 'Where words far apart decide together; it wants more samples than an LSTM',
  tasks: ['text-classification'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('text-transformer', options, config.modelOptions)
    const x = drop(net, 'embedding-dropout', embed(net, given(inputs, 'tokens'), config, o.features), config.dropout)
    const read = transformerEncoder(net, 'encoder', { x, mask: given(inputs, 'mask') }, o, config.dropout)
    return { logits: net.layer('head', { type: 'dense', units: classes }, drop(net, 'dropout', pooled(read, o.pooling), config.dropout)) }
  },
}
