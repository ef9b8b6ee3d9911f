// AdaptiveMaxPool3d: the largest values of as many windows of [N, C, D, H, W] as the output has places.
import { concat, maxPool, reduceMax, slice } from '../ops/build.ts'
import { adaptive } from './support/adaptive.ts'

export const adaptiveMaxPool3d = adaptive(
  'adaptive-max-pool3d',
  3,
  { title: 'AdaptiveMaxPool3d', description: 'Keeps the largest values of windows so that the output has a given size' },
  {
    even: (x, kernel) => maxPool(x, { kernel }),
    axis: (x, axis, windows) => concat(windows.map(([from, to]) => reduceMax(slice(x, { starts: [from], ends: [to], axes: [axis] }), [axis], true)), axis),
  },
)
