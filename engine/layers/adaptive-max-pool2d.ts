// AdaptiveMaxPool2d: the largest values of as many windows of [N, C, H, W] as the output has places.
import { concat, maxPool, reduceMax, slice } from '../ops/build.ts'
import { adaptive } from './support/adaptive.ts'

export const adaptiveMaxPool2d = adaptive(
  'adaptive-max-pool2d',
  2,
  { title: 'AdaptiveMaxPool2d', description: 'Keeps the largest values of windows so that the output has a given size' },
  {
    even: (x, kernel) => maxPool(x, { kernel }),
    axis: (x, axis, windows) => concat(windows.map(([from, to]) => reduceMax(slice(x, { starts: [from], ends: [to], axes: [axis] }), [axis], true)), axis),
  },
)
