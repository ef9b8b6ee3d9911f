// AdaptiveAveragePool2d: the means of as many windows of [N, C, H, W] as the output has places.
import { averagePool } from '../ops/build.ts'
import { adaptive } from './support/adaptive.ts'
import { meansAlong } from './support/means.ts'

export const adaptiveAveragePool2d = adaptive(
  'adaptive-average-pool2d',
  2,
  { title: 'AdaptiveAveragePool2d', description: 'Averages windows so that the output has a given size' },
  { even: (x, kernel) => averagePool(x, { kernel }), axis: meansAlong },
)
