// Flatten: [N, …] to [N, features].
import { z } from 'zod'
import { flatten as flattenOp } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { product } from './shapes.ts'

const schema = z.strictObject({ type: z.literal('flatten') })

export const flatten: LayerDef<typeof schema> = {
  title: 'Flatten',
  description: 'Lays all values of a sample in one row',
  schema,
  outputShape: (_spec, input) => [product(input)],
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => flattenOp(x, 1),
}
