// Audio CRNN: convolutions over the spectrogram, then a recurrent network that reads what they found from both ends.
import { z } from 'zod'
import { block, drop, filters, mapOf, normOption, overTime, pool } from './audio/stages.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'

const options = z.strictObject({
  filters: filters([16, 32, 48]).describe('Filters of each block, with commas; every block halves the bands, the first two also the frames.'),
  units: z.int().min(1).max(1024).default(48).describe('Units of the memory in each direction.'),
  norm: normOption,
})

/** Arik et al., "Convolutional recurrent neural networks for small-footprint keyword spotting", Interspeech 2017, https://arxiv.org/abs/1703.05390. */
export const audioCrnn: ModelDef = {
  title: 'Audio CRNN',
  description: 'Finds shapes in the spectrogram and reads in which order they come',
  use: 'Where order matters over a longer stretch than a convolution sees; slower to train than the audio CNN',
  tasks: ['keyword-spotting', 'speaker-identification'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('audio-crnn', options, config.modelOptions)
    let x = mapOf(net, inputs)
    o.filters.forEach((width, i) => {
      x = pool(net, `pool${i + 1}`, block(net, `conv${i + 1}`, x, width, o.norm), 2, i < 2 ? 2 : 1)
    })
    const embedding = net.layer('gru', { type: 'gru', units: o.units, bidirectional: true, initializer: 'xavier-uniform' }, overTime(x))
    return { logits: net.layer('head', { type: 'dense', units: classes }, drop(net, 'dropout', embedding, config.dropout)), embedding }
  },
}
