// Pooling over one or two spatial axes, as layers.
import { z } from 'zod'
import type { Value } from '../../graph/graph.ts'
import type { LayerDef } from '../layer.ts'
import { spatialShape, windowed } from '../shapes.ts'
import { axes, perAxis } from './convolution.ts'

const schemaOf = <T extends string>(type: T, rank: number) =>
  z.strictObject({
    type: z.literal(type),
    /** Sides of the window: one number, or one an axis. */
    kernel: perAxis(rank).default(2),
    stride: perAxis(rank).default(2),
    /** On each side; never counted as a value. */
    padding: perAxis(rank, 0).default(0),
  })

export type PoolingDef<T extends string> = LayerDef<ReturnType<typeof schemaOf<T>>>

export interface PoolingWindow {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly pads: readonly number[]
}

export function pooling<T extends string>(type: T, rank: number, text: { readonly title: string; readonly description: string }, pool: (x: Value, window: PoolingWindow) => Value): PoolingDef<T> {
  return {
    ...text,
    schema: schemaOf(type, rank),
    outputShape: (spec, input) => {
      const { channels, spatial } = spatialShape(type, input, rank)
      const [kernel, strides, padding] = [axes(spec.kernel, rank), axes(spec.stride, rank), axes(spec.padding, rank)]
      return [channels, ...spatial.map((size, i) => windowed(type, size, kernel[i] ?? 1, strides[i] ?? 1, padding[i] ?? 0))]
    },
    parameters: () => [],
    multiplyAdds: () => 0,
    build: (spec, x) => {
      const padding = axes(spec.padding, rank)
      return pool(x, { kernel: axes(spec.kernel, rank), strides: axes(spec.stride, rank), pads: [...padding, ...padding] })
    },
  }
}
