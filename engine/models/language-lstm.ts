// Language LSTM: a memory that reads token by token and says what comes next.
import { z } from 'zod'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { featuresDropout } from './support/features-dropout.ts'
import { foretold, languageTokens, tied, tokenHead } from './support/generation.ts'
import { given } from './support/text.ts'

const options = z.strictObject({
  embedding: z.int().min(1).max(1024).default(128).describe('Numbers that stand for each token.'),
  units: z.int().min(1).max(2048).default(384).describe('Units of each memory.'),
  layers: z.int().min(1).max(4).default(1).describe('Memories on top of each other.'),
  weightDropout: z.number().min(0).max(0.95).default(0).describe('Share of the weights from token to token that each training step leaves out: a memory learns less by heart, and takes longer to learn.'),
  tied,
})

/** Hochreiter and Schmidhuber, 1997; as a language model: Sundermeyer, Schlüter and Ney, Interspeech 2012; Zaremba, Sutskever and Vinyals, 2014, https://arxiv.org/abs/1409.2329. */
export const languageLstm: ModelDef = {
  title: 'Language LSTM',
  description: 'Reads a text token by token with a memory and says what comes next',
  use: 'The first choice for up to some megabytes of text: it learns from little and forgets slowly',
  tasks: ['language-model'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('language-lstm', options, config.modelOptions)
    const { embedding, units, layers, weightDropout } = o
    const count = languageTokens(config)
    let x = net.tap(net.layer('embedding', { type: 'embedding', count, features: embedding }, given(inputs, 'ids')))
    // Of so few features fewer can be spared.
    x = featuresDropout(net, 'embedding-dropout', x, config.dropout / 2)
    for (let i = 1; i <= layers; i++) {
      x = net.layer(`lstm${i}`, { type: 'lstm', units, sequences: true, weightDropout }, x)
      x = featuresDropout(net, `dropout${i}`, x, config.dropout)
    }
    return foretold(tokenHead(net, x, { count, embedding, tied: o.tied }), inputs)
  },
}
