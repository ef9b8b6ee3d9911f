// GlobalMaxPool: the largest value of each channel of [N, C, …], as [N, C].
import { z } from 'zod'
import { flatten, globalMaxPool as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { spatialShape } from './shapes.ts'

const schema = z.strictObject({ type: z.literal('global-max-pool') })

/** Lin, Chen and Yan, "Network in network", 2014, https://arxiv.org/abs/1312.4400; https://onnx.ai/onnx/operators/onnx__GlobalMaxPool.html. */
export const globalMaxPool: LayerDef<typeof schema> = {
  title: 'GlobalMaxPool',
  description: 'Keeps the largest value of each channel, wherever it is',
  schema,
  outputShape: (_spec, input) => [spatialShape('global-max-pool', input, null).channels],
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => flatten(apply(x), 1),
}
