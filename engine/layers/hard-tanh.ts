// HardTanh: x held between −1 and 1
import { z } from 'zod'
import { clip } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('hard-tanh'), min: z.number().default(-1), max: z.number().default(1) })

/** Collobert, "Large scale machine learning", thesis, 2004. */
export const hardTanh: LayerDef<typeof schema> = {
  title: 'HardTanh',
  description: 'x held between −1 and 1',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (spec, x) => clip(x, spec.min, spec.max),
}
