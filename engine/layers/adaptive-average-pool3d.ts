// AdaptiveAveragePool3d: the means of as many windows of [N, C, D, H, W] as the output has places.
import { averagePool } from '../ops/build.ts'
import { adaptive } from './support/adaptive.ts'
import { meansAlong } from './support/means.ts'

export const adaptiveAveragePool3d = adaptive(
  'adaptive-average-pool3d',
  3,
  { title: 'AdaptiveAveragePool3d', description: 'Averages windows so that the output has a given size' },
  { even: (x, kernel) => averagePool(x, { kernel }), axis: meansAlong },
)
