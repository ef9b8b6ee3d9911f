// Depthwise CNN: stages of inverted residuals (widen, filter each channel by itself, narrow), then the mean of each channel.
import { z } from 'zod'
import type { LayerSpec } from '../layers/index.ts'
import type { ModelDef, NamedLayer } from './model.ts'
import { activation, activationLayer, modelOptions, norm, normedConvolution } from './options.ts'
import { pooledHead, stages, type Block } from './stages.ts'

const options = z.strictObject({
  filters: z.array(z.int().min(1).max(1024)).min(1).max(6).default([16, 32, 64]).describe('Filters of each stage, with commas; every stage but the first halves the picture.'),
  blocks: z.int().min(1).max(12).default(1).describe('Blocks in each stage.'),
  expansion: z.int().min(1).max(8).default(3).describe('How many times wider a block is inside than at its ends.'),
  kernel: z.union([z.literal(3), z.literal(5), z.literal(7)]).default(3).describe('Side of the square of pixels that each filter looks at.'),
  norm: norm.default('batch-norm').describe('Brings what each convolution makes to one scale; deep networks hardly train without it.'),
  activation: activation.default('hard-swish').describe('What each unit does with its sum: without it, layers would add up to one.'),
  squeezeExcite: z.boolean().default(false).describe('Lets each block weigh its channels by what all of them hold.'),
  pathDropout: z.number().min(0).max(0.5).default(0).describe('Share of the samples for which the last block is left out in training; earlier ones less.'),
})
type Options = z.output<typeof options>

/** The inverted residual of Sandler et al., "MobileNetV2", 2018, https://arxiv.org/abs/1801.04381; its way around only where the shape stays. */
function block({ name, channels, filters, stride, pathDropout }: Block, o: Options): NamedLayer[] {
  const wide = channels * o.expansion
  const act = activationLayer(o.activation)
  const widen: LayerSpec[] = o.expansion > 1 ? [...normedConvolution({ type: 'conv2d', filters: wide, kernel: 1 }, o.norm, wide), act] : []
  const layers: LayerSpec[] = [
    ...widen,
    ...normedConvolution({ type: 'depthwise-conv2d', kernel: o.kernel, stride }, o.norm, wide),
    act,
    ...(o.squeezeExcite ? [{ type: 'squeeze-excite' } satisfies LayerSpec] : []),
    ...normedConvolution({ type: 'conv2d', filters, kernel: 1 }, o.norm, filters),
  ]
  if (stride > 1 || channels !== filters) return layers.map((spec, i) => ({ name: `${name}-${i + 1}-${spec.type}`, spec }))
  return [{ name, spec: { type: 'residual', layers: [...layers, ...(pathDropout > 0 ? [{ type: 'path-dropout', rate: pathDropout }] : [])] } }]
}

export const depthwiseCnn: ModelDef = {
  title: 'Depthwise CNN',
  description: 'Convolutions of each channel by itself and of all channels at one pixel, in turn',
  use: 'A small file and few multiply-adds for a phone or a page: nearly the accuracy of the residual CNN with a part of its weights',
  tasks: ['image-classification', 'image-multilabel'],
  options,
  layers: (config, classes) => {
    const o = modelOptions('depthwise-cnn', options, config.modelOptions)
    const [stem, last] = [o.filters[0] ?? 1, 2 * (o.filters.at(-1) ?? 1)]
    const normed = (name: string, filters: number, kernel: number): NamedLayer[] => {
      const [conv, ...norms] = normedConvolution({ type: 'conv2d', filters, kernel }, o.norm, filters)
      return [{ name, spec: conv }, ...norms.map((spec) => ({ name: `${name}-norm`, spec })), { name: `${name}-activation`, spec: activationLayer(o.activation) }]
    }
    return [...normed('stem', stem, 3), ...stages('depthwise-cnn', config, o, stem).flatMap((b) => block(b, o)), ...normed('top', last, 1), ...pooledHead(config, classes)]
  },
}
