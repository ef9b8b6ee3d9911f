// Tanh: Hyperbolic tangent, between −1 and 1
import { z } from 'zod'
import { tanh as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('tanh') })

/** https://onnx.ai/onnx/operators/onnx__Tanh.html; LeCun et al., "Efficient backprop", 1998. */
export const tanh: LayerDef<typeof schema> = {
  title: 'Tanh',
  description: 'Hyperbolic tangent, between −1 and 1',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => apply(x),
}
