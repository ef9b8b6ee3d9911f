// Embedding: a learned vector for each of a vocabulary's numbers: int64 [N, time] to [N, time, features].
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { gather } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({
  type: z.literal('embedding'),
  /** How many different numbers there are: 0 to count − 1. */
  count: z.int().min(1),
  features: z.int().min(1),
  /** Name in engine/initializers; normal with deviation 1 / √features when left out. */
  initializer: z.string().optional(),
})

/** `weight` [count, features]. Bengio et al., "A neural probabilistic language model", 2003; https://onnx.ai/onnx/operators/onnx__Gather.html. */
export const embedding: LayerDef<typeof schema> = {
  title: 'Embedding',
  description: 'Turns each number of a vocabulary into a learned vector',
  schema,
  outputShape: (spec, input) => {
    if (input.length !== 1) throw new LatheError('usage', `layer embedding takes [time] of whole numbers, it got [${input.join(', ')}]: it is the first layer`)
    return [...input, spec.features]
  },
  parameters: (spec) => [{ name: 'weight', shape: [spec.count, spec.features], initializer: spec.initializer ?? 'xavier-normal', fan: { in: spec.features, out: spec.features }, decay: false }],
  multiplyAdds: () => 0,
  build: (_spec, x, { parameter }) => gather(parameter('weight'), x, 0),
}
