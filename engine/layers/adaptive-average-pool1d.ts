// AdaptiveAveragePool1d: the means of as many windows of [N, C, L] as the output has places.
import { averagePool } from '../ops/build.ts'
import { adaptive } from './support/adaptive.ts'
import { meansAlong } from './support/means.ts'

export const adaptiveAveragePool1d = adaptive(
  'adaptive-average-pool1d',
  1,
  { title: 'AdaptiveAveragePool1d', description: 'Averages windows so that the output has a given size' },
  { even: (x, kernel) => averagePool(x, { kernel }), axis: meansAlong },
)
