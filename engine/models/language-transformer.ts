// Language Transformer: every token looks back at all before it and says what comes next.
import { z } from 'zod'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { featuresDropout } from './support/features-dropout.ts'
import { foretold, languageTokens, tied, tokenHead, transformerOptions } from './support/generation.ts'
import { given } from './support/text.ts'

const options = z.strictObject({
  ...transformerOptions,
  blocks: z.int().min(1).max(24).default(3).describe('Blocks of attention and a small network, one after another.'),
  tied,
})

/** Vaswani et al., 2017, https://arxiv.org/abs/1706.03762; as a language model: Radford et al., "Improving language understanding by generative pre-training", 2018. */
export const languageTransformer: ModelDef = {
  title: 'Language Transformer',
  description: 'Lets every token look back at all before it and says what comes next',
  use: 'Where what comes next depends on words far back; it wants more text and time than an LSTM',
  tasks: ['language-model'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('language-transformer', options, config.modelOptions)
    const { features, heads, hidden, blocks, positions } = o
    const count = languageTokens(config)
    const embedded = net.tap(net.layer('embedding', { type: 'embedding', count, features }, given(inputs, 'ids')))
    const rotary = positions === 'rotary'
    const placed = rotary ? embedded : net.layer('position', { type: 'position', kind: positions }, embedded)
    const read = net.layer('transformer', { type: 'transformer-encoder', heads, hidden, blocks, rotary, causal: true }, featuresDropout(net, 'embedding-dropout', placed, config.dropout / 3))
    return foretold(tokenHead(net, featuresDropout(net, 'dropout', read, config.dropout), { count, embedding: features, tied: o.tied }), inputs)
  },
}
