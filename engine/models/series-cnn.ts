// Series CNN: convolutions over time, then the mean and the largest of each channel over the real steps.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { Value } from '../graph/graph.ts'
import { add, concat, div, max, mul, reduceMax, reduceSum, sub, unsqueeze } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'

const options = z.strictObject({
  filters: z.array(z.int().min(1).max(1024)).min(1).max(8).default([32, 64, 64]).describe('Filters of each convolution, with commas.'),
  kernel: z.int().min(1).max(31).default(7).describe('Steps that each filter looks at; an odd number.'),
  dilation: z.int().min(1).max(4).default(2).describe('How many times wider each convolution looks than the one before, by gaps between the steps.'),
})

/** The largest of each channel over real steps: padding is far below any. */
const FAR = 1e4

/** Wang, Yan and Oates, "Time series classification from scratch with deep neural networks" (FCN), 2017, https://arxiv.org/abs/1611.06455; its mean joined by the maximum. */
export const seriesCnn: ModelDef = {
  title: 'Series CNN',
  description: 'Filters that slide over time and look wider from layer to layer',
  use: 'The first choice for recordings of sensors: it finds a shape wherever in time it is',
  tasks: ['series-classification'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('series-cnn', options, config.modelOptions)
    if (o.kernel % 2 === 0) throw new LatheError('usage', `model series-cnn: kernel ${o.kernel} must be odd, so that a filter has a middle`)
    const { x, mask } = inputs
    if (!x || !mask) throw new LatheError('internal', 'series-cnn needs x and mask')
    const open = unsqueeze(mask, [1])
    let h: Value = net.tap(x)
    o.filters.forEach((filters, i) => {
      h = net.layer(`conv${i + 1}`, { type: 'conv1d', filters, kernel: o.kernel, dilation: o.dilation ** i, bias: false }, h)
      h = net.layer(`norm${i + 1}`, { type: 'batch-norm' }, h)
      h = mul(net.layer(`relu${i + 1}`, { type: 'relu' }, h), open)
    })
    // Rows that only fill up a batch have no step: they must not divide by zero.
    const mean = div(reduceSum(h, [2], false), max(reduceSum(open, [2], false), 1))
    const largest = reduceMax(add(h, mul(sub(open, 1), FAR)), [2], false)
    let pooled = concat([mean, largest], 1)
    if (config.dropout > 0) pooled = net.layer('dropout', { type: 'dropout', rate: config.dropout }, pooled)
    return { logits: net.layer('head', { type: 'dense', units: classes }, pooled) }
  },
}
