// Transposed convolutions over one to three spatial axes, as layers: spec, shapes, parameters and nodes.
import { z } from 'zod'
import { LatheError } from '../../contract/errors.ts'
import { convTranspose } from '../../ops/build.ts'
import type { LayerDef } from '../layer.ts'
import { product, spatialShape } from '../shapes.ts'
import { axes, perAxis } from './convolution.ts'

const schemaOf = <T extends string>(type: T, rank: number) =>
  z.strictObject({
    type: z.literal(type),
    filters: z.int().min(1),
    kernel: perAxis(rank),
    stride: perAxis(rank).default(1),
    dilation: perAxis(rank).default(1),
    /** Cut off on each side of the result. */
    padding: perAxis(rank, 0).default(0),
    /** Added to the end of each side of the result; smaller than the stride. */
    outputPadding: perAxis(rank, 0).default(0),
    groups: z.int().min(1).default(1),
    bias: z.boolean().default(true),
    initializer: z.string().optional(),
  })

export type TransposedDef<T extends string> = LayerDef<ReturnType<typeof schemaOf<T>>>

/** `weight` [channels, filters / groups, …kernel], `bias` [filters] where wanted. Zeiler et al., "Deconvolutional networks", 2010; https://onnx.ai/onnx/operators/onnx__ConvTranspose.html. */
export function transposed<T extends string>(type: T, rank: number, title: string, description: string): TransposedDef<T> {
  type Spec = z.output<ReturnType<typeof schemaOf<T>>>
  const at = (v: number | readonly number[], i: number): number => axes(v, rank)[i] ?? 0
  const sizes = (spec: Spec, spatial: readonly number[]): number[] =>
    spatial.map((size, i) => {
      const out = (size - 1) * at(spec.stride, i) + at(spec.dilation, i) * (at(spec.kernel, i) - 1) + 1 + at(spec.outputPadding, i) - 2 * at(spec.padding, i)
      if (out < 1) throw new LatheError('usage', `layer ${type}: nothing of a side of ${size} is left with padding ${at(spec.padding, i)}; use less padding or a larger kernel`)
      return out
    })
  const channelsIn = (spec: Spec, input: readonly number[]): number => {
    const { channels } = spatialShape(type, input, rank)
    if (channels % spec.groups !== 0 || spec.filters % spec.groups !== 0) throw new LatheError('usage', `layer ${type}: ${spec.groups} groups do not divide ${channels} channels and ${spec.filters} filters`)
    return channels
  }
  return {
    title,
    description,
    schema: schemaOf(type, rank),
    outputShape: (spec, input) => (channelsIn(spec, input), [spec.filters, ...sizes(spec, input.slice(1))]),
    parameters: (spec, input) => {
      const channels = channelsIn(spec, input)
      const [kernel, perGroup] = [axes(spec.kernel, rank), spec.filters / spec.groups]
      const fan = { in: (channels / spec.groups) * product(kernel), out: perGroup * product(kernel) }
      return [
        { name: 'weight', shape: [channels, perGroup, ...kernel], initializer: spec.initializer ?? null, fan, decay: true },
        ...(spec.bias ? [{ name: 'bias', shape: [spec.filters], initializer: 'zeros', fan, decay: false }] : []),
      ]
    },
    multiplyAdds: (spec, input) => product(input) * (spec.filters / spec.groups) * product(axes(spec.kernel, rank)),
    build: (spec, x, { parameter }) => {
      const pads = axes(spec.padding, rank)
      return convTranspose(x, parameter('weight'), spec.bias ? parameter('bias') : null, {
        strides: axes(spec.stride, rank),
        dilations: axes(spec.dilation, rank),
        pads: [...pads, ...pads],
        group: spec.groups,
        outputPadding: axes(spec.outputPadding, rank),
      })
    },
  }
}
