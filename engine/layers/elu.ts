// ELU: x, and alpha·(exp(x) − 1) below zero
import { z } from 'zod'
import { elu as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('elu'), alpha: z.number().positive().default(1) })

/** Clevert et al., "Fast and accurate deep network learning by exponential linear units", ICLR 2016. */
export const elu: LayerDef<typeof schema> = {
  title: 'ELU',
  description: 'x, and alpha·(exp(x) − 1) below zero',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (spec, x) => apply(x, spec.alpha),
}
