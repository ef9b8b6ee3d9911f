// ReLU: max(x, 0)
import { z } from 'zod'
import { relu as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('relu') })

/** Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", ICML 2010. */
export const relu: LayerDef<typeof schema> = {
  title: 'ReLU',
  description: 'max(x, 0)',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => apply(x),
}
