// Forecast RNN: an LSTM or GRU walks through the past; its last state answers for the whole horizon.
import { z } from 'zod'
import { inputOf } from '../contract/inputs/of.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { forecastHead, forecastInputs } from './series/forecast-head.ts'

const options = z.strictObject({
  cell: z.enum(['lstm', 'gru']).default('lstm').describe('LSTM keeps a memory beside its state; GRU does with a state alone and is a quarter smaller.'),
  units: z.int().min(1).max(1024).default(32).describe('Numbers that the state holds.'),
  layers: z.int().min(1).max(4).default(1).describe('How many on top of each other.'),
  linear: z.boolean().default(true).describe('Adds a straight line through the past, which the network then only has to correct.'),
})

export const forecastRnn: ModelDef = {
  title: 'Forecast LSTM or GRU',
  description: 'A recurrent network that walks through the past step by step',
  use: 'Series whose state matters more than any one window, and several columns that act on each other',
  tasks: ['series-forecast'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('forecast-rnn', options, config.modelOptions)
    const own = forecastInputs(inputs)
    const x = net.tap(own.x)
    let h = net.layer(o.cell, { type: o.cell, units: o.units, layers: o.layers }, x)
    if (config.dropout > 0) h = net.layer('dropout', { type: 'dropout', rate: config.dropout }, h)
    return forecastHead(net, h, x, own, inputOf('forecast', config), o.linear)
  },
}
