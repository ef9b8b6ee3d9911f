// DepthwiseConv2d: each channel of [N, C, H, W] has filters of its own.
import { z } from 'zod'
import type { BoundLayer, LayerDef } from './layer.ts'
import { conv2d } from './conv2d.ts'
import { imageShape } from './shapes.ts'
import { part } from './support/bind.ts'
import { perAxis } from './support/convolution.ts'

const schema = z.strictObject({
  type: z.literal('depthwise-conv2d'),
  /** Filters of each channel. */
  multiplier: z.int().min(1).default(1),
  kernel: perAxis(2),
  stride: perAxis(2).default(1),
  dilation: perAxis(2).default(1),
  padding: z.union([z.literal('same'), perAxis(2, 0)]).default('same'),
  bias: z.boolean().default(true),
  initializer: z.string().optional(),
})

/** `weight` [channels · multiplier, 1, …kernel], `bias` [channels · multiplier]. Sifre, "Rigid-motion scattering for image classification", thesis, 2014. */
export const depthwiseConv2d: LayerDef<typeof schema> = {
  title: 'DepthwiseConv2d',
  description: 'Slides filters over each channel by itself',
  schema,
  outputShape: (spec, input) => whole(spec, input).outputShape(input),
  parameters: (spec, input) => whole(spec, input).parameters(input),
  multiplyAdds: (spec, input) => whole(spec, input).multiplyAdds(input),
  build: (spec, x, context) => whole(spec, x.shape.slice(1).map(Number)).build(x, context),
}

function whole({ multiplier, ...spec }: z.output<typeof schema>, input: readonly number[]): BoundLayer {
  const [channels] = imageShape('depthwise-conv2d', input)
  return part(conv2d, { ...spec, type: 'conv2d', filters: channels * multiplier, groups: channels })
}
