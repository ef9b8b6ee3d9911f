// Translation Transformer: blocks of attention read the source, others write the answer in view of it.
import { z } from 'zod'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { featuresDropout } from './support/features-dropout.ts'
import { foretold, translationTokens, transformerOptions } from './support/generation.ts'
import { given } from './support/text.ts'

const options = z.strictObject({
  ...transformerOptions,
  encoder: z.int().min(1).max(24).default(2).describe('Blocks that read the source.'),
  decoder: z.int().min(1).max(24).default(2).describe('Blocks that write the answer.'),
})

/** Vaswani et al., "Attention is all you need", 2017, https://arxiv.org/abs/1706.03762, with norms first. */
export const translationTransformer: ModelDef = {
  title: 'Translation Transformer',
  description: 'Reads the source with blocks of attention and writes the answer with others that look at it',
  use: 'More data than an LSTM needs, longer sentences, and word orders that differ much',
  tasks: ['translation'],
  options,
  wire: (net, inputs, config) => {
    const { features, heads, hidden, encoder, decoder, positions } = modelOptions('translation-transformer', options, config.modelOptions)
    const tokens = translationTokens(config)
    const mask = given(inputs, 'mask')
    const rotary = positions === 'rotary'
    const place = (name: string, x: ReturnType<typeof given>): ReturnType<typeof given> => featuresDropout(net, `${name}-dropout`, rotary ? x : net.layer(`${name}-position`, { type: 'position', kind: positions }, x), config.dropout)
    const source = net.tap(net.layer('source-embedding', { type: 'embedding', count: tokens.source, features }, given(inputs, 'source')))
    const memory = net.layer('encoder', { type: 'transformer-encoder', heads, hidden, rotary, blocks: encoder }, place('source', source), { mask })
    const target = net.layer('target-embedding', { type: 'embedding', count: tokens.target, features }, given(inputs, 'written'))
    const written = net.layer('decoder', { type: 'transformer-decoder', heads, hidden, rotary, blocks: decoder }, place('target', target), { memory, memoryMask: mask })
    return foretold(net.layer('head', { type: 'dense', units: tokens.target }, featuresDropout(net, 'dropout', written, config.dropout)), inputs)
  },
}
