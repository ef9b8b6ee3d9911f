// Sigmoid: 1 / (1 + exp(−x)), between 0 and 1
import { z } from 'zod'
import { sigmoid as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('sigmoid') })

/** https://onnx.ai/onnx/operators/onnx__Sigmoid.html. */
export const sigmoid: LayerDef<typeof schema> = {
  title: 'Sigmoid',
  description: '1 / (1 + exp(−x)), between 0 and 1',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => apply(x),
}
