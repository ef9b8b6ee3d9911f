// Mish: x times tanh of its softplus
import { z } from 'zod'
import { mul, softplus, tanh } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('mish') })

/** Misra, "Mish: a self regularized non-monotonic activation function", 2019, https://arxiv.org/abs/1908.08681. */
export const mish: LayerDef<typeof schema> = {
  title: 'Mish',
  description: 'x times tanh of its softplus',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => mul(x, tanh(softplus(x))),
}
