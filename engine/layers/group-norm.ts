// GroupNorm: groups of channels of each sample by their own mean and deviation.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { reshape, reshapeLike } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { channelsOf, product } from './shapes.ts'
import { affine, affineParameters } from './support/affine.ts'
import { meansOver, standardise } from './support/standardise.ts'

const schema = z.strictObject({
  type: z.literal('group-norm'),
  /** Must divide the channels. */
  groups: z.int().min(1).default(8),
  epsilon: z.number().positive().default(1e-5),
})

function check(groups: number, input: readonly number[]): number {
  const channels = channelsOf('group-norm', input)
  if (channels % groups !== 0) throw new LatheError('usage', `layer group-norm: ${groups} groups do not divide ${channels} channels`)
  return channels
}

/** `weight`, `bias` [channels]. Wu and He, "Group normalization", 2018, https://arxiv.org/abs/1803.08494. */
export const groupNorm: LayerDef<typeof schema> = {
  title: 'GroupNorm',
  description: 'Brings groups of channels of each sample to mean 0 and deviation 1, whatever the batch',
  schema,
  outputShape: (spec, input) => (check(spec.groups, input), input),
  parameters: (spec, input) => affineParameters(check(spec.groups, input)),
  multiplyAdds: (_spec, input) => product(input),
  build: (spec, x, { parameter }) => {
    const [n = 1, ...rest] = x.shape
    const scores = standardise(reshape(x, [n, spec.groups, product(rest.map(Number)) / spec.groups]), meansOver([2]), spec.epsilon).y
    return affine(reshapeLike(scores, x), parameter('weight'), parameter('bias'))
  },
}
