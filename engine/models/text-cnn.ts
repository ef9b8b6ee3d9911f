// Text CNN: filters over runs of neighbouring tokens, and the strongest answer of each.
import { z } from 'zod'
import { add, concat, mul, relu, transpose, unsqueeze } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { drop, embed, given, hidden, maxOf } from './support/text.ts'

const options = z.strictObject({
  embedding: z.int().min(1).max(1024).default(64).describe('Numbers that stand for each token.'),
  widths: z.array(z.int().min(1).max(15)).min(1).max(6).default([3, 5, 7]).describe('Tokens that a filter sees at once, with commas; odd numbers.').refine((w) => w.every((n) => n % 2 === 1), 'widths must be odd'),
  filters: z.int().min(1).max(1024).default(64).describe('Filters of each width.'),
  layers: z.int().min(1).max(4).default(2).describe('Convolutions one after another: each sees as much further.'),
})

/** Kim, "Convolutional neural networks for sentence classification", 2014, https://arxiv.org/abs/1408.5882, with padding that keeps the length. */
export const textCnn: ModelDef = {
  title: 'Text CNN',
  description: 'Looks for telling runs of words, wherever they stand',
  use: 'Fast, and good where short phrases decide; it cannot follow what stands far apart',
  tasks: ['text-classification'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('text-cnn', options, config.modelOptions)
    const mask = given(inputs, 'mask')
    const channels = unsqueeze(mask, [1])
    const embedded = drop(net, 'embedding-dropout', embed(net, given(inputs, 'tokens'), config, o.embedding), config.dropout / 2)
    // Padding is zero before every convolution: what follows a text must not be seen.
    let x = transpose(hidden({ x: embedded, mask }), [0, 2, 1])
    for (let n = 1; n <= o.layers; n++) {
      const answers = o.widths.map((width) => net.layer(`conv${n}-${width}`, { type: 'conv1d', filters: o.filters, kernel: width, padding: 'same' }, x))
      const next = mul(relu(answers.length > 1 ? concat(answers, 1) : (answers[0] ?? x)), channels)
      x = n > 1 ? add(x, next) : next
    }
    const strongest = maxOf({ x: transpose(x, [0, 2, 1]), mask })
    return { logits: net.layer('head', { type: 'dense', units: classes }, drop(net, 'dropout', strongest, config.dropout)) }
  },
}
