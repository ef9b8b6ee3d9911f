// GlobalAveragePool: the mean of each channel of [N, C, …], as [N, C].
import { z } from 'zod'
import { flatten, globalAveragePool as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { spatialShape } from './shapes.ts'

const schema = z.strictObject({ type: z.literal('global-average-pool') })

/** Lin, Chen and Yan, "Network in network", 2014, https://arxiv.org/abs/1312.4400; https://onnx.ai/onnx/operators/onnx__GlobalAveragePool.html. */
export const globalAveragePool: LayerDef<typeof schema> = {
  title: 'GlobalAveragePool',
  description: 'Keeps the mean of each channel, wherever it is',
  schema,
  outputShape: (_spec, input) => [spatialShape('global-average-pool', input, null).channels],
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => flatten(apply(x), 1),
}
