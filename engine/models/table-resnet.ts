// Table ResNet: blocks of dense layers with ways around them.
import { z } from 'zod'
import { add } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { rowOutputs, rowUnits, rowVector } from './support/table.ts'

const options = z.strictObject({
  width: z.int().min(1).max(4096).default(64).describe('Units between the blocks.'),
  hidden: z.int().min(1).max(8192).default(128).describe('Units inside each block.'),
  blocks: z.int().min(1).max(16).default(2).describe('Blocks: a norm, two dense layers and a way around them.'),
})

/** The ResNet of Gorishniy et al., "Revisiting deep learning models for tabular data", 2021, https://arxiv.org/abs/2106.11959, with layer norms, which small batches bear. */
export const tableResnet: ModelDef = {
  title: 'Table ResNet',
  description: 'Blocks of dense layers with ways around them, categories as learned vectors',
  use: 'Thousands of rows with many columns that act together',
  tasks: ['tabular-classification', 'tabular-regression'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('table-resnet', options, config.modelOptions)
    let h = net.layer('stem', { type: 'dense', units: o.width }, rowVector(net, inputs, config))
    for (let i = 1; i <= o.blocks; i++) {
      const normed = net.layer(`block${i}-norm`, { type: 'layer-norm' }, h)
      let inner = net.layer(`block${i}-relu`, { type: 'relu' }, net.layer(`block${i}-dense1`, { type: 'dense', units: o.hidden }, normed))
      if (config.dropout > 0) inner = net.layer(`block${i}-dropout`, { type: 'dropout', rate: config.dropout }, inner)
      h = add(h, net.layer(`block${i}-dense2`, { type: 'dense', units: o.width }, inner))
    }
    const last = net.layer('relu', { type: 'relu' }, net.layer('norm', { type: 'layer-norm' }, h))
    return rowOutputs(config, net.layer('head', { type: 'dense', units: rowUnits(config, classes) }, last))
  },
}
