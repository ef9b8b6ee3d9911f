// AdaptiveMaxPool1d: the largest values of as many windows of [N, C, L] as the output has places.
import { concat, maxPool, reduceMax, slice } from '../ops/build.ts'
import { adaptive } from './support/adaptive.ts'

export const adaptiveMaxPool1d = adaptive(
  'adaptive-max-pool1d',
  1,
  { title: 'AdaptiveMaxPool1d', description: 'Keeps the largest values of windows so that the output has a given size' },
  {
    even: (x, kernel) => maxPool(x, { kernel }),
    axis: (x, axis, windows) => concat(windows.map(([from, to]) => reduceMax(slice(x, { starts: [from], ends: [to], axes: [axis] }), [axis], true)), axis),
  },
)
