// Translation LSTM: one memory reads the source in both directions, another writes the answer and looks back at it by attention.
import { z } from 'zod'
import { concat } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { featuresDropout } from './support/features-dropout.ts'
import { foretold, translationTokens } from './support/generation.ts'
import { given } from './support/text.ts'

const options = z.strictObject({
  embedding: z.int().min(1).max(1024).default(64).describe('Numbers that stand for each token.'),
  units: z.int().min(2).max(2048).multipleOf(2).default(128).describe('Units of the writing memory, and of both directions of the reading one together.'),
})

/**
 * Sutskever, Vinyals and Le, 2014, https://arxiv.org/abs/1409.3215; attention: Bahdanau, Cho and Bengio, 2015, https://arxiv.org/abs/1409.0473,
 * here with the scaled dot product and between two memories as in Wu et al., 2016, https://arxiv.org/abs/1609.08144.
 */
export const translationLstm: ModelDef = {
  title: 'Translation LSTM',
  description: 'Reads the source with a memory in both directions, then writes the answer, looking back at the source by attention',
  use: 'The first choice for short sentences and little data',
  tasks: ['translation'],
  options,
  wire: (net, inputs, config) => {
    const { embedding, units } = modelOptions('translation-lstm', options, config.modelOptions)
    const tokens = translationTokens(config)
    const mask = given(inputs, 'mask')
    const drop = (name: string, x: ReturnType<typeof given>): ReturnType<typeof given> => featuresDropout(net, name, x, config.dropout)
    const source = net.tap(net.layer('source-embedding', { type: 'embedding', count: tokens.source, features: embedding }, given(inputs, 'source')))
    const memory = net.layer('encoder', { type: 'lstm', units: units / 2, bidirectional: true, sequences: true }, drop('source-dropout', source), { mask })
    const target = net.layer('target-embedding', { type: 'embedding', count: tokens.target, features: embedding }, given(inputs, 'written'))
    const written = net.layer('decoder1', { type: 'lstm', units, sequences: true }, drop('target-dropout', target))
    const found = net.layer('attention', { type: 'attention', heads: 1, cross: true }, written, { memory, memoryMask: mask })
    const both = net.layer('decoder2', { type: 'lstm', units, sequences: true }, drop('attention-dropout', concat([written, found], 2)))
    return foretold(net.layer('head', { type: 'dense', units: tokens.target }, drop('dropout', both)), inputs)
  },
}
