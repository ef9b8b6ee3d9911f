// Table MLP: numbers and learned vectors of categories through dense layers, with a straight way beside them.
import { z } from 'zod'
import { add } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { activation, activationLayer, modelOptions } from './options.ts'
import { rowOutputs, rowUnits, rowVector } from './support/table.ts'

const options = z.strictObject({
  hidden: z.array(z.int().min(1).max(8192)).max(8).default([64, 32]).describe('Units of each hidden layer, with commas.'),
  activation: activation.default('relu').describe('What each unit does with its sum: without it, layers would add up to one.'),
  straight: z.boolean().default(true).describe('Adds a weighted sum of the columns to the answer, so that the network begins where a linear model ends.'),
})

/** Entity embeddings: Guo and Berkhahn, 2016, https://arxiv.org/abs/1604.06737. The straight way: Cheng et al., "Wide & deep learning", 2016, https://arxiv.org/abs/1606.07792. */
export const tableMlp: ModelDef = {
  title: 'Table MLP',
  description: 'Dense layers on the columns, categories as learned vectors',
  use: 'The default for tables; the straight way keeps it from falling behind a linear model on few rows',
  tasks: ['tabular-classification', 'tabular-regression'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('table-mlp', options, config.modelOptions)
    const x = rowVector(net, inputs, config)
    const units = rowUnits(config, classes)
    let h = x
    o.hidden.forEach((width, i) => {
      h = net.layer(`${o.activation}${i + 1}`, activationLayer(o.activation), net.layer(`dense${i + 1}`, { type: 'dense', units: width }, h))
      if (config.dropout > 0) h = net.layer(`dropout${i + 1}`, { type: 'dropout', rate: config.dropout }, h)
    })
    const head = net.layer('head', { type: 'dense', units }, h)
    return rowOutputs(config, o.straight && o.hidden.length > 0 ? add(head, net.layer('straight', { type: 'dense', units, bias: false, initializer: 'zeros' }, x)) : head)
  },
}
