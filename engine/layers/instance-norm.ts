// InstanceNorm: each channel of each sample by its own mean and deviation.
import { z } from 'zod'
import type { LayerDef } from './layer.ts'
import { product, spatialShape } from './shapes.ts'
import { affine, affineParameters } from './support/affine.ts'
import { meansOver, standardise } from './support/standardise.ts'

const schema = z.strictObject({
  type: z.literal('instance-norm'),
  epsilon: z.number().positive().default(1e-5),
  /** Whether a scale and a shift are learned. */
  affine: z.boolean().default(true),
})

/** `weight`, `bias` [channels] where wanted. Ulyanov, Vedaldi and Lempitsky, 2016, https://arxiv.org/abs/1607.08022. */
export const instanceNorm: LayerDef<typeof schema> = {
  title: 'InstanceNorm',
  description: 'Brings each channel of each sample to mean 0 and deviation 1',
  schema,
  outputShape: (_spec, input) => (spatialShape('instance-norm', input, null), input),
  parameters: (spec, input) => (spec.affine ? affineParameters(spatialShape('instance-norm', input, null).channels) : []),
  multiplyAdds: (_spec, input) => product(input),
  build: (spec, x, { parameter }) => {
    const scores = standardise(x, meansOver(x.shape.map((_, i) => i).slice(2)), spec.epsilon).y
    return spec.affine ? affine(scores, parameter('weight'), parameter('bias')) : scores
  },
}
