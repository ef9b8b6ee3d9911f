// CNN: blocks of convolutions and pooling, then dense layers.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import type { ModelDef, NamedLayer } from './model.ts'
import { activation, activationLayer, modelOptions, norm, normedConvolution } from './options.ts'

const options = z.strictObject({
  filters: z.array(z.int().min(1).max(1024)).min(1).max(6).default([32, 64]).describe('Filters of each block, with commas; a block ends with pooling, which halves the picture.'),
  convolutions: z.int().min(1).max(4).default(1).describe('Convolutions in each block: more of them see finer detail and cost more time.'),
  kernel: z.union([z.literal(3), z.literal(5), z.literal(7)]).default(3).describe('Side of the square of pixels that each filter looks at.'),
  dense: z.int().min(0).max(8192).default(128).describe('Units of the hidden dense layer between convolutions and answer; 0 for none.'),
  activation: activation.default('relu').describe('What each unit does with its sum: without it, layers would add up to one.'),
  norm: norm.default('none').describe('Brings what each convolution makes to one scale: deep networks then train faster. batch-norm looks at the whole batch, group-norm and instance-norm at each picture.'),
})

export const cnn: ModelDef = {
  title: 'CNN',
  description: 'Blocks of convolutions and pooling, then dense layers',
  use: 'The first choice for pictures: it learns what to look for once and finds it anywhere',
  tasks: ['image-classification', 'image-multilabel'],
  options,
  layers: (config, classes) => {
    const o = modelOptions('cnn', options, config.modelOptions)
    const { height, width } = inputOf('image', config)
    const side = Math.min(height, width)
    if (side < 2 ** o.filters.length) {
      throw new LatheError('usage', `model cnn: ${o.filters.length} blocks halve a picture of ${height}×${width} below one pixel; use at most ${Math.floor(Math.log2(side))} blocks (modelOptions.filters) or a larger input`)
    }
    const result: NamedLayer[] = []
    let n = 0
    o.filters.forEach((filters, block) => {
      for (let i = 0; i < o.convolutions; i++) {
        n++
        const [conv, ...normed] = normedConvolution({ type: 'conv2d', filters, kernel: o.kernel }, o.norm, filters)
        result.push({ name: `conv${n}`, spec: conv }, ...normed.map((spec) => ({ name: `norm${n}`, spec })), { name: `${o.activation}${n}`, spec: activationLayer(o.activation) })
      }
      result.push({ name: `pool${block + 1}`, spec: { type: 'max-pool2d' } })
    })
    result.push({ name: 'flatten', spec: { type: 'flatten' } })
    const drop = (k: number): void => {
      if (config.dropout > 0) result.push({ name: `dropout${k}`, spec: { type: 'dropout', rate: config.dropout } })
    }
    if (o.dense > 0) {
      drop(1)
      result.push({ name: 'dense1', spec: { type: 'dense', units: o.dense } }, { name: `${o.activation}${n + 1}`, spec: activationLayer(o.activation) })
    }
    drop(o.dense > 0 ? 2 : 1)
    result.push({ name: 'head', spec: { type: 'dense', units: classes } })
    return result
  },
}
