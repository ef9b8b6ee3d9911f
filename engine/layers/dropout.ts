// Dropout: sets a share of the values to zero in training, and nothing otherwise.
import { z } from 'zod'
import { mul } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({
  type: z.literal('dropout'),
  rate: z.number().min(0).max(0.95),
})

/** Inverted dropout: what is kept is divided by 1 − rate. Srivastava et al., JMLR 15, 2014. Masks come from outside the graph. */
export const dropout: LayerDef<typeof schema> = {
  title: 'Dropout',
  description: 'Leaves out a random share of the values in training',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (spec, x, { training, keepMask }) => (training && spec.rate > 0 ? mul(x, keepMask(x, spec.rate)) : x),
}
