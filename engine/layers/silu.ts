// SiLU: x times its sigmoid
import { z } from 'zod'
import { mul, sigmoid } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('silu') })

/** Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units", 2018, https://arxiv.org/abs/1702.03118; also called swish. */
export const silu: LayerDef<typeof schema> = {
  title: 'SiLU',
  description: 'x times its sigmoid',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => mul(x, sigmoid(x)),
}
