// Audio depthwise CNN: after a first convolution, filters of each channel by itself and of all channels at one place, in turn.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { drop, mapOf, normOption } from './audio/stages.ts'
import type { ModelDef, Wiring } from './model.ts'
import { activationLayer, modelOptions, normedConvolution } from './options.ts'

const options = z.strictObject({
  filters: z.int().min(1).max(1024).default(48).describe('Channels all through the network.'),
  blocks: z.int().min(1).max(12).default(4).describe('Pairs of depthwise and pointwise convolutions; every second one halves bands and frames.'),
  norm: normOption,
})
type Options = z.output<typeof options>

/** DS-CNN of Zhang et al., "Hello edge: keyword spotting on microcontrollers", 2017, https://arxiv.org/abs/1711.07128. */
export const audioDepthwiseCnn: ModelDef = {
  title: 'Audio depthwise CNN',
  description: 'Convolutions of each channel by itself and of all channels at one place, in turn',
  use: 'A small file and few multiply-adds for a phone or a microcontroller: nearly the accuracy of the audio CNN',
  tasks: ['keyword-spotting', 'speaker-identification'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('audio-depthwise-cnn', options, config.modelOptions)
    let x = convolution(net, 'stem', mapOf(net, inputs), 'conv2d', 2, o)
    for (let n = 1; n <= o.blocks; n++) {
      x = convolution(net, `depth${n}`, x, 'depthwise-conv2d', n % 2 === 0 ? 2 : 1, o)
      x = convolution(net, `point${n}`, x, 'pointwise', 1, o)
    }
    const embedding = net.layer('mean', { type: 'global-average-pool' }, x)
    return { logits: net.layer('head', { type: 'dense', units: classes }, drop(net, 'dropout', embedding, config.dropout)), embedding }
  },
}

function convolution(net: Wiring, name: string, x: Value, type: 'conv2d' | 'depthwise-conv2d' | 'pointwise', stride: number, o: Options): Value {
  const [conv, ...norms] = type === 'depthwise-conv2d' ? normedConvolution({ type, kernel: 3, stride }, o.norm, o.filters) : normedConvolution({ type: 'conv2d', filters: o.filters, kernel: type === 'pointwise' ? 1 : 3, stride }, o.norm, o.filters)
  const normed = norms.reduce((value, spec) => net.layer(`${name}-norm`, spec, value), net.layer(name, conv, x))
  return net.layer(`${name}-relu`, activationLayer('relu'), normed)
}
