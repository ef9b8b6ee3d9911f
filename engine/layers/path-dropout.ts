// PathDropout: leaves out the whole of a sample's values in training; at the end of a residual's branch it leaves out the branch.
import { z } from 'zod'
import { mul } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('path-dropout'), rate: z.number().min(0).max(0.95) })

/** Huang et al., "Deep networks with stochastic depth", 2016, https://arxiv.org/abs/1603.09382; what is kept is divided by 1 − rate. */
export const pathDropout: LayerDef<typeof schema> = {
  title: 'PathDropout',
  description: 'Leaves out a branch for a random share of the samples in training',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (spec, x, { training, keepMask }) => (training && spec.rate > 0 ? mul(x, keepMask({ shape: x.shape.map((d, i) => (i === 0 ? d : 1)) }, spec.rate)) : x),
}
