// ConvTranspose2d: the adjoint of a convolution on [N, C, H, W]; with a stride it enlarges the picture.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { convTranspose } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { imageShape, product } from './shapes.ts'
import { axes, perAxis } from './support/convolution.ts'

const schema = z.strictObject({
  type: z.literal('conv-transpose2d'),
  filters: z.int().min(1),
  kernel: perAxis(2),
  stride: perAxis(2).default(1),
  dilation: perAxis(2).default(1),
  /** Cut off on each side of the result. */
  padding: perAxis(2, 0).default(0),
  /** Added to the end of each side of the result; smaller than the stride. */
  outputPadding: perAxis(2, 0).default(0),
  groups: z.int().min(1).default(1),
  bias: z.boolean().default(true),
  initializer: z.string().optional(),
})
type Spec = z.output<typeof schema>

const TYPE = 'conv-transpose2d'

function sizes(spec: Spec, spatial: readonly number[]): number[] {
  const at = (v: number | readonly number[], i: number): number => axes(v, 2)[i] ?? 0
  return spatial.map((size, i) => {
    const out = (size - 1) * at(spec.stride, i) + at(spec.dilation, i) * (at(spec.kernel, i) - 1) + 1 + at(spec.outputPadding, i) - 2 * at(spec.padding, i)
    if (out < 1) throw new LatheError('usage', `layer ${TYPE}: nothing of a side of ${size} is left with padding ${at(spec.padding, i)}; use less padding or a larger kernel`)
    return out
  })
}

function channelsIn(spec: Spec, input: readonly number[]): number {
  const [channels] = imageShape(TYPE, input)
  if (channels % spec.groups !== 0 || spec.filters % spec.groups !== 0) throw new LatheError('usage', `layer ${TYPE}: ${spec.groups} groups do not divide ${channels} channels and ${spec.filters} filters`)
  return channels
}

/** `weight` [channels, filters / groups, …kernel], `bias` [filters]. Zeiler et al., "Deconvolutional networks", 2010; https://onnx.ai/onnx/operators/onnx__ConvTranspose.html. */
export const convTranspose2d: LayerDef<typeof schema> = {
  title: 'ConvTranspose2d',
  description: 'Spreads each pixel over a window: a learned enlargement',
  schema,
  outputShape: (spec, input) => (channelsIn(spec, input), [spec.filters, ...sizes(spec, input.slice(1))]),
  parameters: (spec, input) => {
    const channels = channelsIn(spec, input)
    const [kernel, perGroup] = [axes(spec.kernel, 2), spec.filters / spec.groups]
    const fan = { in: (channels / spec.groups) * product(kernel), out: perGroup * product(kernel) }
    return [
      { name: 'weight', shape: [channels, perGroup, ...kernel], initializer: spec.initializer ?? null, fan, decay: true },
      ...(spec.bias ? [{ name: 'bias', shape: [spec.filters], initializer: 'zeros', fan, decay: false }] : []),
    ]
  },
  multiplyAdds: (spec, input) => product(input) * (spec.filters / spec.groups) * product(axes(spec.kernel, 2)),
  build: (spec, x, { parameter }) => {
    const pads = axes(spec.padding, 2)
    return convTranspose(x, parameter('weight'), spec.bias ? parameter('bias') : null, {
      strides: axes(spec.stride, 2),
      dilations: axes(spec.dilation, 2),
      pads: [...pads, ...pads],
      group: spec.groups,
      outputPadding: axes(spec.outputPadding, 2),
    })
  },
}
