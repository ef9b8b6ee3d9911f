// SeparableConv2d: a depthwise convolution, then a 1×1 convolution that mixes the channels.
import { z } from 'zod'
import { conv2d } from './conv2d.ts'
import { depthwiseConv2d } from './depthwise-conv2d.ts'
import type { BoundLayer, LayerDef } from './layer.ts'
import { part } from './support/bind.ts'
import { perAxis } from './support/convolution.ts'
import { chain } from './support/parts.ts'

const schema = z.strictObject({
  type: z.literal('separable-conv2d'),
  filters: z.int().min(1),
  kernel: perAxis(2),
  stride: perAxis(2).default(1),
  dilation: perAxis(2).default(1),
  padding: z.union([z.literal('same'), perAxis(2, 0)]).default('same'),
  multiplier: z.int().min(1).default(1),
  bias: z.boolean().default(true),
  initializer: z.string().optional(),
})

/** Parts `depthwise` (without bias) and `pointwise`. Chollet, "Xception", 2017, https://arxiv.org/abs/1610.02357. */
export const separableConv2d: LayerDef<typeof schema> = {
  title: 'SeparableConv2d',
  description: 'Filters each channel by itself, then mixes the channels: a cheaper convolution',
  schema,
  outputShape: (spec, input) => whole(spec).outputShape(input),
  parameters: (spec, input) => whole(spec).parameters(input),
  multiplyAdds: (spec, input) => whole(spec).multiplyAdds(input),
  build: (spec, x, context) => whole(spec).build(x, context),
}

function whole({ filters, bias, ...spec }: z.output<typeof schema>): BoundLayer {
  const { initializer } = spec
  return chain('separable-conv2d', [
    ['depthwise', part(depthwiseConv2d, { ...spec, type: 'depthwise-conv2d', bias: false })],
    ['pointwise', part(conv2d, { type: 'conv2d', filters, kernel: 1, bias, initializer })],
  ])
}
