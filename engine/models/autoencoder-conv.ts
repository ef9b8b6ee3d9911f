// Convolutional autoencoder: filters over time halve the window step by step, and others draw it again.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { ModelDef } from './model.ts'
import { activation, activationLayer, modelOptions } from './options.ts'
import { autoencoderInputs, autoencoderOutputs } from './series/autoencoder.ts'

const options = z.strictObject({
  filters: z.array(z.int().min(1).max(512)).min(1).max(6).default([16, 32, 32]).describe('Filters of each halving of time, with commas; the way back mirrors them.'),
  latent: z.int().min(1).max(256).default(4).describe('Channels in the middle, at the coarsest time: too many, and it learns to copy anomalies too.'),
  kernel: z.int().min(3).max(15).default(7).describe('Steps that each filter looks at; an odd number.'),
  activation: activation.default('gelu').describe('What each unit does with its sum: without it, layers would add up to one.'),
})

/** Masci et al., "Stacked convolutional auto-encoders", ICANN 2011. */
export const autoencoderConv: ModelDef = {
  title: 'Convolutional autoencoder',
  description: 'Filters that slide over time squeeze the window, others draw it again',
  use: 'The first choice for recordings that begin anywhere: what it learns of a shape holds wherever in time it is',
  tasks: ['anomaly-detection'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('autoencoder-conv', options, config.modelOptions)
    if (o.kernel % 2 === 0) throw new LatheError('usage', `model autoencoder-conv: kernel ${o.kernel} must be odd, so that a filter has a middle`)
    const own = autoencoderInputs(net, inputs)
    const { channels, steps } = own
    if (steps % 2 ** o.filters.length !== 0) throw new LatheError('usage', `model autoencoder-conv: ${o.filters.length} halvings need input.steps to be a multiple of ${2 ** o.filters.length}, it is ${steps}`)
    let h = own.x
    o.filters.forEach((filters, i) => {
      h = net.layer(`encode${i + 1}`, { type: 'conv1d', filters, kernel: o.kernel }, h)
      h = net.layer(`encode${i + 1}-${o.activation}`, activationLayer(o.activation), h)
      h = net.layer(`halve${i + 1}`, { type: 'average-pool1d', kernel: 2, stride: 2 }, h)
      if (config.dropout > 0) h = net.layer(`dropout${i + 1}`, { type: 'dropout', rate: config.dropout }, h)
    })
    h = net.layer('latent', { type: 'conv1d', filters: o.latent, kernel: 1 }, h)
    o.filters.toReversed().forEach((filters, i) => {
      h = net.layer(`double${i + 1}`, { type: 'conv-transpose1d', filters, kernel: 2, stride: 2 }, h)
      h = net.layer(`double${i + 1}-${o.activation}`, activationLayer(o.activation), h)
      h = net.layer(`decode${i + 1}`, { type: 'conv1d', filters, kernel: o.kernel }, h)
      h = net.layer(`decode${i + 1}-${o.activation}`, activationLayer(o.activation), h)
    })
    return autoencoderOutputs(net, own, net.layer('output', { type: 'conv1d', filters: channels, kernel: o.kernel }, h))
  },
}
