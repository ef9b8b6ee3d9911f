// Sequence autoencoder: an LSTM reads the window into one state, another draws it again from that state alone.
import { z } from 'zod'
import { add, mul, transpose, unsqueeze } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { autoencoderInputs, autoencoderOutputs } from './series/autoencoder.ts'

const options = z.strictObject({
  cell: z.enum(['lstm', 'gru']).default('lstm').describe('LSTM keeps a memory beside its state; GRU does with a state alone and is a quarter smaller.'),
  units: z.int().min(1).max(512).default(64).describe('Numbers that each state holds.'),
  latent: z.int().min(1).max(512).default(16).describe('Numbers between reader and writer that must hold the whole window.'),
})

/** Malhotra et al., "LSTM-based encoder-decoder for multi-sensor anomaly detection", 2016, https://arxiv.org/abs/1607.00148; the writer is given the latent at each step. */
export const autoencoderLstm: ModelDef = {
  title: 'LSTM autoencoder',
  description: 'One recurrent network reads the window, another writes it again from what the first has kept',
  use: 'Windows of different lengths in which order matters more than shape; slower than the convolutional one',
  tasks: ['anomaly-detection'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('autoencoder-lstm', options, config.modelOptions)
    const own = autoencoderInputs(net, inputs)
    const { x, mask, channels } = own
    const read = net.layer('read', { type: o.cell, units: o.units, bidirectional: true }, transpose(x, [0, 2, 1]), { mask })
    const latent = net.layer('latent', { type: 'dense', units: o.latent }, read)
    const given = add(unsqueeze(net.layer('unfold', { type: 'dense', units: o.units }, latent), [1]), mul(unsqueeze(mask, [2]), 0))
    const placed = net.layer('clock', { type: 'position', kind: 'learned' }, given)
    const written = net.layer('write', { type: o.cell, units: o.units, sequences: true, bidirectional: true }, placed)
    return autoencoderOutputs(net, own, transpose(net.layer('output', { type: 'dense', units: channels }, written), [0, 2, 1]))
  },
}
