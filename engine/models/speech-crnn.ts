// Speech CRNN: convolutions, a recurrent network over time, and at each step a guess at the unit spoken, or none.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { block, drop, filters, mapOf, normOption, overTime, pool } from './audio/stages.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'

const options = z.strictObject({
  filters: filters([16, 32, 48]).describe('Filters of each block, with commas; every block halves the bands.'),
  halvings: z.int().min(0).max(3).default(2).describe('How often the frames are halved: each step then covers 1, 2, 4 or 8 frames. Characters need more steps than words.'),
  units: z.int().min(1).max(1024).default(64).describe('Units of the memory in each direction.'),
  layers: z.int().min(1).max(4).default(1).describe('Recurrent layers on top of each other.'),
  norm: normOption,
})

/** Amodei et al., "Deep Speech 2", 2016, https://arxiv.org/abs/1512.02595, in small; trained by CTC, whose blank is unit 0. */
export const speechCrnn: ModelDef = {
  title: 'Speech CRNN',
  description: 'Hears sounds in the spectrogram, reads them in order, and writes what was said',
  use: 'For transcripts, without a mark of where in the recording each word stands',
  tasks: ['speech-to-text'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('speech-crnn', options, config.modelOptions)
    const { input } = config
    if (input.kind !== 'speech') throw new LatheError('usage', `model speech-crnn writes transcripts; the recipe's input is of kind '${input.kind}'`)
    if (o.halvings > o.filters.length) throw new LatheError('usage', `model speech-crnn: ${o.halvings} halvings of the frames need as many blocks (modelOptions.filters), there are ${o.filters.length}`)
    let x = mapOf(net, inputs)
    o.filters.forEach((width, i) => {
      x = pool(net, `pool${i + 1}`, block(net, `conv${i + 1}`, x, width, o.norm), 2, i < o.halvings ? 2 : 1)
    })
    const read = net.layer('gru', { type: 'gru', units: o.units, layers: o.layers, bidirectional: true, sequences: true, initializer: 'xavier-uniform' }, drop(net, 'map-dropout', overTime(x), config.dropout))
    return { logits: net.layer('head', { type: 'dense', units: input.vocabulary.length + 1 }, drop(net, 'dropout', read, config.dropout)) }
  },
}
