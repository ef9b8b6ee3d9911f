// Forecast TCN: causal convolutions whose steps widen from block to block, until the last step sees the whole past.
import { z } from 'zod'
import { inputOf } from '../contract/inputs/of.ts'
import type { Value } from '../graph/graph.ts'
import { add, pad, slice, squeeze, transpose } from '../ops/build.ts'
import type { ModelDef, Wiring } from './model.ts'
import { modelOptions } from './options.ts'
import { forecastHead, forecastInputs } from './series/forecast-head.ts'

const options = z.strictObject({
  filters: z.int().min(1).max(512).default(24).describe('Filters of each convolution.'),
  kernel: z.int().min(2).max(16).default(3).describe('Steps that each filter looks at.'),
  blocks: z.int().min(0).max(12).default(0).describe('Blocks of two convolutions; 0 takes as many as it needs to see the whole past.'),
  linear: z.boolean().default(true).describe('Adds a straight line through the past, which the network then only has to correct.'),
})

/** [N, C, T] to [N, filters, T], where step t sees only t, t − dilation, t − 2 · dilation, … */
function causal(net: Wiring, name: string, x: Value, filters: number, kernel: number, dilation: number): Value {
  const before = pad(x, [0, 0, (kernel - 1) * dilation, 0, 0, 0])
  return net.layer(name, { type: 'conv1d', filters, kernel, dilation, padding: 0 }, before)
}

/** Steps that the last step of `blocks` blocks sees: each has two convolutions of dilation 2^i. */
export const receptiveField = (blocks: number, kernel: number): number => 1 + 2 * (kernel - 1) * (2 ** blocks - 1)

/** Bai, Kolter and Koltun, "An empirical evaluation of generic convolutional and recurrent networks", 2018, https://arxiv.org/abs/1803.01271. */
export const forecastTcn: ModelDef = {
  title: 'Forecast TCN',
  description: 'Causal convolutions with gaps that double from block to block',
  use: 'Long pasts with patterns that recur at any place; trains in parallel where an LSTM must go step by step',
  tasks: ['series-forecast'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('forecast-tcn', options, config.modelOptions)
    const input = inputOf('forecast', config)
    const own = forecastInputs(inputs)
    const tapped = net.tap(own.x)
    let blocks = Math.max(1, o.blocks)
    while (o.blocks === 0 && receptiveField(blocks, o.kernel) < input.context) blocks++
    let h = transpose(tapped, [0, 2, 1])
    for (let i = 0; i < blocks; i++) {
      const dilation = 2 ** i
      const name = `block${i + 1}`
      let y = net.layer(`${name}-relu1`, { type: 'relu' }, causal(net, `${name}-conv1`, h, o.filters, o.kernel, dilation))
      if (config.dropout > 0) y = net.layer(`${name}-dropout`, { type: 'dropout', rate: config.dropout }, y)
      y = net.layer(`${name}-relu2`, { type: 'relu' }, causal(net, `${name}-conv2`, y, o.filters, o.kernel, dilation))
      h = add(i === 0 ? net.layer(`${name}-way-around`, { type: 'conv1d', filters: o.filters, kernel: 1 }, h) : h, y)
    }
    const last = squeeze(slice(h, { starts: [input.context - 1], ends: [input.context], axes: [2] }), [2])
    return forecastHead(net, last, tapped, own, input, o.linear)
  },
}
