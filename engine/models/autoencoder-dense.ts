// Dense autoencoder: the whole window through a few numbers and back.
import { z } from 'zod'
import { flatten, reshape } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { activation, activationLayer, modelOptions } from './options.ts'
import { autoencoderInputs, autoencoderOutputs } from './series/autoencoder.ts'

const options = z.strictObject({
  hidden: z.array(z.int().min(1).max(4096)).max(4).default([128]).describe('Units of each hidden layer from the input to the middle, with commas; the way back mirrors them.'),
  latent: z.int().min(1).max(1024).default(16).describe('Numbers in the middle that must hold the whole window: too many, and it learns to copy anomalies too.'),
  activation: activation.default('gelu').describe('What each unit does with its sum: without it, layers would add up to one.'),
})

/** Hinton and Salakhutdinov, "Reducing the dimensionality of data with neural networks", Science 313, 2006. */
export const autoencoderDense: ModelDef = {
  title: 'Dense autoencoder',
  description: 'Squeezes the whole window into a few numbers and draws it again from them',
  use: 'Windows that begin at the same phase, and few steps; the fastest to train',
  tasks: ['anomaly-detection'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('autoencoder-dense', options, config.modelOptions)
    const own = autoencoderInputs(net, inputs)
    const { x, channels, steps } = own
    let h = flatten(x, 1)
    const layer = (name: string, units: number): void => {
      h = net.layer(name, { type: 'dense', units }, h)
      h = net.layer(`${name}-${o.activation}`, activationLayer(o.activation), h)
    }
    o.hidden.forEach((units, i) => {
      layer(`encode${i + 1}`, units)
      if (config.dropout > 0) h = net.layer(`dropout${i + 1}`, { type: 'dropout', rate: config.dropout }, h)
    })
    h = net.layer('latent', { type: 'dense', units: o.latent }, h)
    o.hidden.toReversed().forEach((units, i) => {
      layer(`decode${i + 1}`, units)
    })
    const [n = 'N'] = x.shape
    return autoencoderOutputs(net, own, reshape(net.layer('output', { type: 'dense', units: channels * steps }, h), [n, channels, steps]))
  },
}
