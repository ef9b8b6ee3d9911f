// RMSNorm: the features of each step by their root mean square, without centring.
import { z } from 'zod'
import { mul } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { featuresOf, product } from './shapes.ts'
import { byRootMeanSquare, meansOver } from './support/standardise.ts'

const schema = z.strictObject({ type: z.literal('rms-norm'), epsilon: z.number().positive().default(1e-6) })

/** `weight` [features]. Zhang and Sennrich, "Root mean square layer normalization", 2019, https://arxiv.org/abs/1910.07467. */
export const rmsNorm: LayerDef<typeof schema> = {
  title: 'RMSNorm',
  description: 'Brings the features of each step to root mean square 1, then scales them',
  schema,
  outputShape: (_spec, input) => (featuresOf('rms-norm', input), input),
  parameters: (_spec, input) => {
    const n = featuresOf('rms-norm', input)
    return [{ name: 'weight', shape: [n], initializer: 'zeros', initial: 1, fan: { in: n, out: n }, decay: false }]
  },
  multiplyAdds: (_spec, input) => product(input),
  build: (spec, x, { parameter }) => mul(byRootMeanSquare(x, meansOver([x.shape.length - 1]), spec.epsilon), parameter('weight')),
}
