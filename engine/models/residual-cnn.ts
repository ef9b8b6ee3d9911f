// Residual CNN: stages of blocks with ways around them, then the mean of each channel.
import { z } from 'zod'
import type { LayerSpec } from '../layers/index.ts'
import type { ModelDef } from './model.ts'
import { activation, activationLayer, modelOptions, norm, normedConvolution } from './options.ts'
import { pooledHead, stages, type Block } from './stages.ts'

const options = z.strictObject({
  filters: z.array(z.int().min(1).max(1024)).min(1).max(6).default([16, 32, 64]).describe('Filters of each stage, with commas; every stage but the first halves the picture.'),
  blocks: z.int().min(1).max(12).default(1).describe('Blocks in each stage: two convolutions with a way around them.'),
  norm: norm.default('batch-norm').describe('Brings what each convolution makes to one scale; deep networks hardly train without it.'),
  activation: activation.default('relu').describe('What each unit does with its sum: without it, layers would add up to one.'),
  squeezeExcite: z.boolean().default(false).describe('Lets each block weigh its channels by what all of them hold.'),
  pathDropout: z.number().min(0).max(0.5).default(0).describe('Share of the samples for which the last block is left out in training; earlier ones less.'),
})
type Options = z.output<typeof options>

/** The basic block of He et al., "Deep residual learning for image recognition", 2015, https://arxiv.org/abs/1512.03385. */
function block({ channels, filters, stride, pathDropout }: Block, o: Options): LayerSpec {
  return {
    type: 'residual',
    layers: [
      ...normedConvolution({ type: 'conv2d', filters, kernel: 3, stride }, o.norm, filters),
      activationLayer(o.activation),
      ...normedConvolution({ type: 'conv2d', filters, kernel: 3 }, o.norm, filters),
      ...(o.squeezeExcite ? [{ type: 'squeeze-excite', activation: 'relu' }] : []),
      ...(pathDropout > 0 ? [{ type: 'path-dropout', rate: pathDropout }] : []),
    ],
    shortcut: stride === 1 && channels === filters ? [] : normedConvolution({ type: 'conv2d', filters, kernel: 1, stride }, o.norm, filters),
    activation: o.activation,
  }
}

export const residualCnn: ModelDef = {
  title: 'Residual CNN',
  description: 'Stages of convolutions with ways around them',
  use: 'Harder pictures with thousands of samples: it goes deeper than the CNN and still learns',
  tasks: ['image-classification', 'image-multilabel'],
  options,
  layers: (config, classes) => {
    const o = modelOptions('residual-cnn', options, config.modelOptions)
    const stem = o.filters[0] ?? 1
    const [conv, ...normed] = normedConvolution({ type: 'conv2d', filters: stem, kernel: 3 }, o.norm, stem)
    return [
      { name: 'stem', spec: conv },
      ...normed.map((spec) => ({ name: 'stem-norm', spec })),
      { name: 'stem-activation', spec: activationLayer(o.activation) },
      ...stages('residual-cnn', config, o, stem).map((b) => ({ name: b.name, spec: block(b, o) })),
      ...pooledHead(config, classes),
    ]
  },
}
