// Softsign: x / (1 + |x|)
import { z } from 'zod'
import { abs, add, div } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('softsign') })

/** Bergstra et al., "Quadratic polynomials learn better image features", 2009. */
export const softsign: LayerDef<typeof schema> = {
  title: 'Softsign',
  description: 'x / (1 + |x|)',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => div(x, add(abs(x), 1)),
}
