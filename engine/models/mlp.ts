// MLP: fully connected layers on the flattened picture.
import { z } from 'zod'
import type { ModelDef, NamedLayer } from './model.ts'
import { activation, activationLayer, modelOptions } from './options.ts'

const options = z.strictObject({
  hidden: z.array(z.int().min(1).max(8192)).max(8).default([256, 128]).describe('Units of each hidden layer, with commas.'),
  activation: activation.default('relu').describe('What each unit does with its sum: without it, layers would add up to one.'),
})

export const mlp: ModelDef = {
  title: 'MLP',
  description: 'Fully connected layers on all pixels at once',
  use: 'Small pictures that are centred and of one size; the fastest to train, and a baseline for the CNN',
  tasks: ['image-classification', 'image-multilabel'],
  options,
  layers: (config, classes) => {
    const { hidden, activation } = modelOptions('mlp', options, config.modelOptions)
    const body = hidden.flatMap((units, i): NamedLayer[] => [
      { name: `dense${i + 1}`, spec: { type: 'dense', units } },
      { name: `${activation}${i + 1}`, spec: activationLayer(activation) },
      ...(config.dropout > 0 ? [{ name: `dropout${i + 1}`, spec: { type: 'dropout', rate: config.dropout } } satisfies NamedLayer] : []),
    ])
    return [{ name: 'flatten', spec: { type: 'flatten' } }, ...body, { name: 'head', spec: { type: 'dense', units: classes } }]
  },
}
