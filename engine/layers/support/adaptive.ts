// Adaptive pooling: windows chosen so that the output has a given size whatever the input's is.
import { z } from 'zod'
import { LatheError } from '../../contract/errors.ts'
import type { Value } from '../../graph/graph.ts'
import type { LayerDef } from '../layer.ts'
import { spatialShape } from '../shapes.ts'
import { axes, perAxis } from './convolution.ts'

const schemaOf = <T extends string>(type: T, rank: number) =>
  z.strictObject({
    type: z.literal(type),
    /** Sides of the output: one number, or one an axis; at most the input's. */
    size: perAxis(rank),
  })

export type AdaptiveDef<T extends string> = LayerDef<ReturnType<typeof schemaOf<T>>>

/** First index, and the one behind the last, of each window along an axis: floor(i·n / out) to ceil((i + 1)·n / out). */
export const windowsOf = (n: number, out: number): [from: number, to: number][] => Array.from({ length: out }, (_, i) => [Math.floor((i * n) / out), Math.ceil(((i + 1) * n) / out)])

/**
 * `even` pools side by side where every size is a multiple of the output's; else `axis` pools one axis after the other.
 * Windows as in torch.nn.AdaptiveAvgPool2d; He et al., "Spatial pyramid pooling", 2014, https://arxiv.org/abs/1406.4729.
 */
export function adaptive<T extends string>(
  type: T,
  rank: number,
  text: { readonly title: string; readonly description: string },
  pool: { readonly even: (x: Value, kernel: readonly number[]) => Value; readonly axis: (x: Value, axis: number, windows: readonly [number, number][]) => Value },
): AdaptiveDef<T> {
  return {
    ...text,
    schema: schemaOf(type, rank),
    outputShape: (spec, input) => {
      const { channels, spatial } = spatialShape(type, input, rank)
      const size = axes(spec.size, rank)
      size.forEach((s, i) => {
        if (s > (spatial[i] ?? 0)) throw new LatheError('usage', `layer ${type}: an output of ${size.join('×')} is larger than the input ${spatial.join('×')}`)
      })
      return [channels, ...size]
    },
    parameters: () => [],
    multiplyAdds: () => 0,
    build: (spec, x) => {
      const size = axes(spec.size, rank)
      const spatial = x.shape.slice(2).map(Number)
      const kernel = spatial.map((n, i) => n / (size[i] ?? 1))
      if (kernel.every(Number.isInteger)) return pool.even(x, kernel)
      return spatial.reduce((y, n, i) => pool.axis(y, i + 2, windowsOf(n, size[i] ?? 1)), x)
    },
  }
}
