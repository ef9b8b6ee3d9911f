// LeakyReLU: x, and alpha·x below zero
import { z } from 'zod'
import { leakyRelu as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('leaky-relu'), alpha: z.number().min(0).max(1).default(0.01) })

/** Maas et al., "Rectifier nonlinearities improve neural network acoustic models", ICML 2013. */
export const leakyRelu: LayerDef<typeof schema> = {
  title: 'LeakyReLU',
  description: 'x, and alpha·x below zero',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (spec, x) => apply(x, spec.alpha),
}
