// Recurrent classifiers of texts, which differ by their cell.
import { z } from 'zod'
import type { ModelDef } from '../model.ts'
import { modelOptions } from '../options.ts'
import { drop, embed, given, pooled, pooling, recurrentEncoder, recurrentTextOptions } from './text.ts'

const options = z.strictObject({ ...recurrentTextOptions, pooling: pooling.default('max') })

export function textRecurrent(name: string, cell: 'lstm' | 'gru', text: Pick<ModelDef, 'title' | 'description' | 'use'>): ModelDef {
  return {
    ...text,
    tasks: ['text-classification'],
    options,
    wire: (net, inputs, config, classes) => {
      const o = modelOptions(name, options, config.modelOptions)
      const x = drop(net, 'embedding-dropout', embed(net, given(inputs, 'tokens'), config, o.embedding), config.dropout)
      const read = recurrentEncoder(net, cell, cell, { x, mask: given(inputs, 'mask') }, o)
      return { logits: net.layer('head', { type: 'dense', units: classes }, drop(net, 'dropout', pooled(read, o.pooling), config.dropout)) }
    },
  }
}
