// Conv2d: two-dimensional convolution on [N, C, H, W].
import { z } from 'zod'
import { conv } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { imageShape, windowed } from './shapes.ts'

const schema = z.strictObject({
  type: z.literal('conv2d'),
  filters: z.int().min(1),
  /** Side of the square window. */
  kernel: z.int().min(1),
  stride: z.int().min(1).default(1),
  /** Zeros on each side; `same` keeps the size at stride 1 with an odd kernel. */
  padding: z.union([z.literal('same'), z.int().min(0)]).default('same'),
  /** Name in engine/initializers for the weight; the run's when left out. */
  initializer: z.string().optional(),
})
type Spec = z.infer<typeof schema>

const padding = (spec: Spec): number => (spec.padding === 'same' ? Math.floor(spec.kernel / 2) : spec.padding)

function outputShape(spec: Spec, input: readonly number[]): readonly [number, number, number] {
  const [, h, w] = imageShape('conv2d', input)
  const side = (size: number): number => windowed('conv2d', size, spec.kernel, spec.stride, padding(spec))
  return [spec.filters, side(h), side(w)]
}

/** `weight` [filters, channels, kernel, kernel], `bias` [filters]. */
export const conv2d: LayerDef<typeof schema> = {
  title: 'Conv2d',
  description: 'Slides learned filters over the picture',
  schema,
  outputShape,
  parameters: (spec, input) => {
    const [channels] = imageShape('conv2d', input)
    const area = spec.kernel ** 2
    const fan = { in: channels * area, out: spec.filters * area }
    return [
      { name: 'weight', shape: [spec.filters, channels, spec.kernel, spec.kernel], initializer: spec.initializer ?? null, fan, decay: true },
      { name: 'bias', shape: [spec.filters], initializer: 'zeros', fan, decay: false },
    ]
  },
  multiplyAdds: (spec, input) => {
    const [channels] = imageShape('conv2d', input)
    const [filters, h, w] = outputShape(spec, input)
    return filters * h * w * channels * spec.kernel ** 2
  },
  build: (spec, x, { parameter }) => {
    const p = padding(spec)
    return conv(x, parameter('weight'), parameter('bias'), { strides: [spec.stride, spec.stride], pads: [p, p, p, p] })
  },
}
