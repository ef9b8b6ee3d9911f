// CELU: x, and alpha·(exp(x / alpha) − 1) below zero
import { z } from 'zod'
import { celu as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('celu'), alpha: z.number().positive().default(1) })

/** Barron, "Continuously differentiable exponential linear units", 2017, https://arxiv.org/abs/1704.07483. */
export const celu: LayerDef<typeof schema> = {
  title: 'CELU',
  description: 'x, and alpha·(exp(x / alpha) − 1) below zero',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (spec, x) => apply(x, spec.alpha),
}
