// Audio CNN: blocks of convolutions and pooling over the spectrogram, then the mean of each channel.
import { z } from 'zod'
import { block, drop, filters, mapOf, normOption, pool } from './audio/stages.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'

const options = z.strictObject({
  filters: filters([16, 32, 64, 64]).describe('Filters of each block, with commas; every block but the last halves bands and frames.'),
  norm: normOption,
})

/** Sainath and Parada, "Convolutional neural networks for small-footprint keyword spotting", Interspeech 2015, with batch norm and global pooling. */
export const audioCnn: ModelDef = {
  title: 'Audio CNN',
  description: 'Looks for shapes in the spectrogram, wherever they stand',
  use: 'The first choice for words and sounds of a second or two',
  tasks: ['keyword-spotting', 'speaker-identification'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('audio-cnn', options, config.modelOptions)
    let x = mapOf(net, inputs)
    o.filters.forEach((width, i) => {
      x = block(net, `conv${i + 1}`, x, width, o.norm)
      if (i < o.filters.length - 1) x = pool(net, `pool${i + 1}`, x, 2, 2)
    })
    const embedding = net.layer('mean', { type: 'global-average-pool' }, x)
    return { logits: net.layer('head', { type: 'dense', units: classes }, drop(net, 'dropout', embedding, config.dropout)), embedding }
  },
}
