// Convolutions over one to three spatial axes, as layers: spec, shapes, parameters and nodes.
import { z } from 'zod'
import { LatheError } from '../../contract/errors.ts'
import { conv } from '../../ops/build.ts'
import type { LayerDef } from '../layer.ts'
import { product, spatialShape, windowed } from '../shapes.ts'

/** One whole number for all axes, or one an axis. */
export const perAxis = (rank: number, least = 1): z.ZodUnion<[z.ZodInt, z.ZodArray<z.ZodInt>]> => z.union([z.int().min(least), z.array(z.int().min(least)).length(rank)])

/** `v` for each of `rank` axes. */
export const axes = (v: number | readonly number[], rank: number): number[] => (typeof v === 'number' ? new Array<number>(rank).fill(v) : [...v])

const schemaOf = <T extends string>(type: T, rank: number) =>
  z.strictObject({
    type: z.literal(type),
    filters: z.int().min(1),
    /** Sides of the window: one number, or one an axis. */
    kernel: perAxis(rank),
    stride: perAxis(rank).default(1),
    /** Steps between the window's elements. */
    dilation: perAxis(rank).default(1),
    /** Filters see only the channels of their own group; must divide channels and filters. */
    groups: z.int().min(1).default(1),
    /** Zeros on each side; `same` keeps the size at stride 1 with an odd kernel. */
    padding: z.union([z.literal('same'), perAxis(rank, 0)]).default('same'),
    bias: z.boolean().default(true),
    /** Name in engine/initializers for the weight; the run's when left out. */
    initializer: z.string().optional(),
  })

export type ConvolutionDef<T extends string> = LayerDef<ReturnType<typeof schemaOf<T>>>

interface Window {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly padding: readonly number[]
}

/** `weight` [filters, channels / groups, …kernel], `bias` [filters] where wanted. */
export function convolution<T extends string>(type: T, rank: number, title: string, description: string): ConvolutionDef<T> {
  type Spec = z.output<ReturnType<typeof schemaOf<T>>>
  const window = (spec: Spec): Window => {
    const [kernel, strides, dilations] = [axes(spec.kernel, rank), axes(spec.stride, rank), axes(spec.dilation, rank)]
    return { kernel, strides, dilations, padding: spec.padding === 'same' ? kernel.map((k, i) => Math.floor(((dilations[i] ?? 1) * (k - 1) + 1) / 2)) : axes(spec.padding, rank) }
  }
  const sizes = (spec: Spec, spatial: readonly number[]): number[] => {
    const { kernel, strides, dilations, padding } = window(spec)
    return spatial.map((size, i) => windowed(type, size, (dilations[i] ?? 1) * ((kernel[i] ?? 1) - 1) + 1, strides[i] ?? 1, padding[i] ?? 0))
  }
  const perGroup = (spec: Spec, channels: number): number => {
    if (channels % spec.groups !== 0 || spec.filters % spec.groups !== 0) throw new LatheError('usage', `layer ${type}: ${spec.groups} groups do not divide ${channels} channels and ${spec.filters} filters`)
    return channels / spec.groups
  }
  return {
    title,
    description,
    schema: schemaOf(type, rank),
    outputShape: (spec, input) => {
      const { channels, spatial } = spatialShape(type, input, rank)
      perGroup(spec, channels)
      return [spec.filters, ...sizes(spec, spatial)]
    },
    parameters: (spec, input) => {
      const { kernel } = window(spec)
      const channels = perGroup(spec, spatialShape(type, input, rank).channels)
      const fan = { in: channels * product(kernel), out: (spec.filters / spec.groups) * product(kernel) }
      return [
        { name: 'weight', shape: [spec.filters, channels, ...kernel], initializer: spec.initializer ?? null, fan, decay: true },
        ...(spec.bias ? [{ name: 'bias', shape: [spec.filters], initializer: 'zeros', fan, decay: false }] : []),
      ]
    },
    multiplyAdds: (spec, input) => {
      const { channels, spatial } = spatialShape(type, input, rank)
      return spec.filters * product(sizes(spec, spatial)) * perGroup(spec, channels) * product(window(spec).kernel)
    },
    build: (spec, x, { parameter }) => {
      const { strides, dilations, padding } = window(spec)
      return conv(x, parameter('weight'), spec.bias ? parameter('bias') : null, { strides, dilations, pads: [...padding, ...padding], group: spec.groups })
    },
  }
}
