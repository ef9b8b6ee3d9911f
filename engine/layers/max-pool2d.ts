// MaxPool2d: the largest value of each window of [N, C, H, W].
import { z } from 'zod'
import { maxPool } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { imageShape, windowed } from './shapes.ts'

const schema = z.strictObject({
  type: z.literal('max-pool2d'),
  /** Side of the square window. */
  kernel: z.int().min(1).default(2),
  stride: z.int().min(1).default(2),
})

export const maxPool2d: LayerDef<typeof schema> = {
  title: 'MaxPool2d',
  description: 'Keeps the largest value of each window',
  schema,
  outputShape: (spec, input) => {
    const [c, h, w] = imageShape('max-pool2d', input)
    return [c, windowed('max-pool2d', h, spec.kernel, spec.stride, 0), windowed('max-pool2d', w, spec.kernel, spec.stride, 0)]
  },
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (spec, x) => maxPool(x, { kernel: [spec.kernel, spec.kernel], strides: [spec.stride, spec.stride] }),
}
