// FCN: a small fully convolutional network: classes at a few coarse sizes, added up towards the full one.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { Value } from '../graph/graph.ts'
import { add } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { block, doubled, halved, needMultiple } from './support/vision.ts'

const options = z.strictObject({
  filters: z.array(z.int().min(1).max(512)).min(2).max(6).default([16, 32, 64, 64]).describe('Filters at each size, the full one first, with commas; every further size halves the picture.'),
})

/** Output `logits` [N, 1 + classes, h, w], the background first. Long, Shelhamer and Darrell, "Fully convolutional networks", CVPR 2015, with scores of every size. */
export const fcn: ModelDef = {
  title: 'FCN',
  description: 'A plain convolutional network whose scores at several sizes are added up',
  use: 'Masks in a hurry: a third of the U-Net\'s work for outlines that are a little coarser',
  tasks: ['segmentation'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('fcn', options, config.modelOptions)
    needMultiple('fcn', config, 2 ** (o.filters.length - 1))
    if (!inputs['x']) throw new LatheError('internal', 'model fcn takes x')
    let x: Value = net.tap(inputs['x'])
    const scores = o.filters.map((filters, i) => {
      if (i > 0) x = halved(net, `pool${i}`, x)
      x = block(net, `conv${i + 1}b`, filters, block(net, `conv${i + 1}a`, filters, x))
      return net.layer(`score${i + 1}`, { type: 'conv2d', filters: classes + 1, kernel: 1 }, x)
    })
    const logits = scores.reduceRight<Value | null>((sum, score, i) => {
      const joined = sum ? add(doubled(sum), score) : score
      // Smooths the squares that doubling leaves.
      return sum ? net.layer(`smooth${i + 1}`, { type: 'conv2d', filters: classes + 1, kernel: 3 }, joined) : joined
    }, null)
    if (!logits) throw new LatheError('internal', 'model fcn has no sizes')
    return { logits }
  },
}
