// HardSwish: x times its hard sigmoid
import { z } from 'zod'
import { hardSigmoid, mul } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('hard-swish') })

/** Howard et al., "Searching for MobileNetV3", 2019, https://arxiv.org/abs/1905.02244. */
export const hardSwish: LayerDef<typeof schema> = {
  title: 'HardSwish',
  description: 'x times its hard sigmoid',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => mul(x, hardSigmoid(x, { alpha: 1 / 6, beta: 0.5 })),
}
