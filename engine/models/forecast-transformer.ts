// Forecast Transformer: patches of the past attend to each other; what they hold together answers for the whole horizon.
import { z } from 'zod'
import { inputOf } from '../contract/inputs/of.ts'
import { flatten, reshape } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { forecastHead, forecastInputs } from './series/forecast-head.ts'

const options = z.strictObject({
  features: z.int().min(4).max(512).default(32).describe('Numbers that stand for each patch; the heads must divide them.'),
  heads: z.int().min(1).max(16).default(4).describe('How many relations between patches are looked at side by side.'),
  blocks: z.int().min(1).max(12).default(2).describe('Blocks of attention and a small network.'),
  patches: z.int().min(2).max(256).default(16).describe('Most pieces that the past is cut into; the largest number up to it that divides the context is taken.'),
  linear: z.boolean().default(true).describe('Adds a straight line through the past, which the network then only has to correct.'),
})

/** The largest number up to `most` that divides `steps`. */
export function patchCount(steps: number, most: number): number {
  let count = Math.min(most, steps)
  while (steps % count !== 0) count--
  return count
}

/** Patches as in Nie et al., "A time series is worth 64 words" (PatchTST), ICLR 2023, https://arxiv.org/abs/2211.14730. */
export const forecastTransformer: ModelDef = {
  title: 'Forecast Transformer',
  description: 'Pieces of the past that attend to each other',
  use: 'Thousands of steps with relations over long distances; on short series the MLP is as good and faster',
  tasks: ['series-forecast'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('forecast-transformer', options, config.modelOptions)
    const input = inputOf('forecast', config)
    const own = forecastInputs(inputs)
    const x = net.tap(own.x)
    const count = patchCount(input.context, o.patches)
    const [n = 'N'] = x.shape
    const patches = reshape(x, [n, count, (input.context / count) * input.columns.length])
    let h = net.layer('embed', { type: 'dense', units: o.features }, patches)
    h = net.layer('position', { type: 'position', kind: 'learned' }, h)
    h = net.layer('encoder', { type: 'transformer-encoder', heads: o.heads, blocks: o.blocks, dropout: config.dropout }, h)
    return forecastHead(net, flatten(h, 1), x, own, input, o.linear)
  },
}
