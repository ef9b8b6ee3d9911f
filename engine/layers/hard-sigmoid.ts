// HardSigmoid: x / 6 + 1 / 2 held between 0 and 1
import { z } from 'zod'
import { hardSigmoid as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('hard-sigmoid') })

/** Howard et al., "Searching for MobileNetV3", 2019, https://arxiv.org/abs/1905.02244 (slope 1 / 6; ONNX, whose own default is 0.2, takes it as an attribute). */
export const hardSigmoid: LayerDef<typeof schema> = {
  title: 'HardSigmoid',
  description: 'x / 6 + 1 / 2 held between 0 and 1',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => apply(x, { alpha: 1 / 6, beta: 0.5 }),
}
