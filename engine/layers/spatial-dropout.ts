// SpatialDropout: leaves out whole channels in training.
import { z } from 'zod'
import { mul } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { spatialShape } from './shapes.ts'

const schema = z.strictObject({ type: z.literal('spatial-dropout'), rate: z.number().min(0).max(0.95) })

/** Neighbouring pixels are alike, so single ones dropped change little. Tompson et al., 2015, https://arxiv.org/abs/1411.4280. */
export const spatialDropout: LayerDef<typeof schema> = {
  title: 'SpatialDropout',
  description: 'Leaves out a random share of the channels in training',
  schema,
  outputShape: (_spec, input) => (spatialShape('spatial-dropout', input, null), input),
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (spec, x, { training, keepMask }) => (training && spec.rate > 0 ? mul(x, keepMask({ shape: x.shape.map((d, i) => (i < 2 ? d : 1)) }, spec.rate)) : x),
}
