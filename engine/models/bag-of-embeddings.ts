// Bag of embeddings: the mean of the tokens' vectors, without their order.
import { z } from 'zod'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { drop, embed, given, meanOf } from './support/text.ts'

const options = z.strictObject({
  embedding: z.int().min(1).max(1024).default(64).describe('Numbers that stand for each token.'),
  hidden: z.int().min(0).max(4096).default(0).describe('Units of a layer between the mean and the answer; 0 for none, which leaves a linear model.'),
})

/** Joulin et al., "Bag of tricks for efficient text classification", 2017, https://arxiv.org/abs/1607.01759. */
export const bagOfEmbeddings: ModelDef = {
  title: 'Bag of embeddings',
  description: 'Averages what the words stand for, without their order',
  use: 'The baseline for texts: in seconds, and often enough where single words decide',
  tasks: ['text-classification'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('bag-of-embeddings', options, config.modelOptions)
    const mean = meanOf({ x: embed(net, given(inputs, 'tokens'), config, o.embedding), mask: given(inputs, 'mask') })
    const body = o.hidden > 0 ? net.layer('relu', { type: 'relu' }, net.layer('dense', { type: 'dense', units: o.hidden }, mean)) : mean
    return { logits: net.layer('head', { type: 'dense', units: classes }, drop(net, 'dropout', body, config.dropout)) }
  },
}
