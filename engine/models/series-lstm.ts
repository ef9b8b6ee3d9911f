// Series LSTM: recurrent networks from both ends of the real steps; the mean and the largest of what they say answer.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { add, concat, div, max, mul, reduceMax, reduceSum, sub, transpose, unsqueeze } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'

const options = z.strictObject({
  cell: z.enum(['lstm', 'gru']).default('lstm').describe('LSTM keeps a memory beside its state; GRU does with a state alone and is a quarter smaller.'),
  units: z.int().min(1).max(1024).default(48).describe('Numbers that the state holds, in each direction.'),
  layers: z.int().min(1).max(4).default(1).describe('How many on top of each other.'),
})

/** Padding is far below any output, which lies between −1 and 1. */
const FAR = 2

/** Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997. */
export const seriesLstm: ModelDef = {
  title: 'Series LSTM',
  description: 'A recurrent network that walks through the series from both ends',
  use: 'Series in which order over long stretches decides; slower than the CNN, which is the first choice',
  tasks: ['series-classification'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('series-lstm', options, config.modelOptions)
    const { x, mask } = inputs
    if (!x || !mask) throw new LatheError('internal', 'series-lstm needs x and mask')
    const steps = net.layer(o.cell, { type: o.cell, units: o.units, layers: o.layers, bidirectional: true, sequences: true, initializer: 'xavier-normal' }, transpose(net.tap(x), [0, 2, 1]), { mask })
    // Over all steps instead of the last state: gradients then need not travel through the whole series.
    const open = unsqueeze(mask, [2])
    const mean = div(reduceSum(mul(steps, open), [1], false), max(reduceSum(open, [1], false), 1))
    const largest = reduceMax(add(steps, mul(sub(open, 1), FAR)), [1], false)
    let h = concat([mean, largest], 1)
    if (config.dropout > 0) h = net.layer('dropout', { type: 'dropout', rate: config.dropout }, h)
    return { logits: net.layer('head', { type: 'dense', units: classes }, h) }
  },
}
