// Forecast MLP: dense layers on the whole window of the past.
import { z } from 'zod'
import { inputOf } from '../contract/inputs/of.ts'
import { flatten } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { activation, activationLayer, modelOptions } from './options.ts'
import { forecastHead, forecastInputs } from './series/forecast-head.ts'

const options = z.strictObject({
  hidden: z.array(z.int().min(1).max(4096)).max(6).default([64, 64]).describe('Units of each hidden layer, with commas; none for a straight line through the past.'),
  activation: activation.default('relu').describe('What each unit does with its sum: without it, layers would add up to one.'),
  linear: z.boolean().default(true).describe('Adds a straight line through the past, which the network then only has to correct.'),
})

export const forecastMlp: ModelDef = {
  title: 'Forecast MLP',
  description: 'Fully connected layers on the whole past at once, beside a straight line through it',
  use: 'The first choice for one series: it trains in seconds and is hard to beat on a few hundred to a few thousand steps',
  tasks: ['series-forecast'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('forecast-mlp', options, config.modelOptions)
    const own = forecastInputs(inputs)
    const x = net.tap(own.x)
    let h = flatten(x, 1)
    o.hidden.forEach((units, i) => {
      h = net.layer(`dense${i + 1}`, { type: 'dense', units }, h)
      h = net.layer(`${o.activation}${i + 1}`, activationLayer(o.activation), h)
      if (config.dropout > 0) h = net.layer(`dropout${i + 1}`, { type: 'dropout', rate: config.dropout }, h)
    })
    return forecastHead(net, o.hidden.length > 0 ? h : null, x, own, inputOf('forecast', config), o.linear)
  },
}
