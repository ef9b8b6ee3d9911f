// ReLU6: x held between 0 and 6
import { z } from 'zod'
import { clip } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('relu6') })

/** Krizhevsky, "Convolutional deep belief networks on CIFAR-10", 2010. */
export const relu6: LayerDef<typeof schema> = {
  title: 'ReLU6',
  description: 'x held between 0 and 6',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => clip(x, 0, 6),
}
