// Softplus: log(1 + exp(x)): a smooth ReLU
import { z } from 'zod'
import { softplus as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('softplus') })

/** Dugas et al., "Incorporating second-order functional knowledge for better option pricing", NIPS 2000. */
export const softplus: LayerDef<typeof schema> = {
  title: 'Softplus',
  description: 'log(1 + exp(x)): a smooth ReLU',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => apply(x),
}
