// SqueezeExcite: each channel times a weight between 0 and 1 that depends on the means of all channels.
import { z } from 'zod'
import { mul, reshape } from '../ops/build.ts'
import { dense } from './dense.ts'
import { globalAveragePool } from './global-average-pool.ts'
import type { Bind, BoundLayer, LayerDef } from './layer.ts'
import { product, spatialShape } from './shapes.ts'
import { part } from './support/bind.ts'
import { activationType } from './support/composite.ts'
import { chain } from './support/parts.ts'

const schema = z.strictObject({
  type: z.literal('squeeze-excite'),
  /** Channels for each unit in the middle. */
  reduction: z.int().min(1).default(4),
  activation: activationType.default('relu'),
  gate: z.enum(['sigmoid', 'hard-sigmoid']).default('sigmoid'),
})
type Spec = z.output<typeof schema>

function weights(spec: Spec, input: readonly number[], bind: Bind): BoundLayer {
  const { channels } = spatialShape('squeeze-excite', input, null)
  return chain('squeeze-excite', [
    ['squeeze', part(globalAveragePool, { type: 'global-average-pool' })],
    ['reduce', part(dense, { type: 'dense', units: Math.max(1, Math.round(channels / spec.reduction)) })],
    ['activation', bind({ type: spec.activation })],
    ['expand', part(dense, { type: 'dense', units: channels })],
    ['gate', bind({ type: spec.gate })],
  ])
}

/** Parts `reduce` and `expand`, both dense. Hu, Shen and Sun, "Squeeze-and-excitation networks", 2018, https://arxiv.org/abs/1709.01507. */
export const squeezeExcite: LayerDef<typeof schema> = {
  title: 'SqueezeExcite',
  description: 'Weighs each channel by what all channels hold',
  schema,
  outputShape: (_spec, input) => (spatialShape('squeeze-excite', input, null), input),
  parameters: (spec, input, bind) => weights(spec, input, bind).parameters(input),
  multiplyAdds: (spec, input, bind) => weights(spec, input, bind).multiplyAdds(input) + product(input),
  build: (spec, x, context, bind) => {
    const [n = 1, c = 1, ...spatial] = x.shape
    const scale = weights(spec, x.shape.slice(1).map(Number), bind).build(x, { ...context, folding: undefined })
    return mul(x, reshape(scale, [n, c, ...spatial.map(() => 1)]))
  },
}
