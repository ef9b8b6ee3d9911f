// Mean absolute error.
import { abs, sub } from '../ops/build.ts'
import { defineLoss, noOptions } from './loss.ts'
import { meanOfRows, needSame, overRows } from './rows.ts'

/** Boscovich, 1757: the mean of absolute differences; its best constant is the median. */
export const mae = defineLoss({
  title: 'Mean absolute error',
  description: 'For numbers; not moved by a few far misses',
  prediction: '[N, …]',
  target: 'float [N, …]',
  options: noOptions,
  build: (input) => overRows(meanOfRows(abs(sub(input.prediction, needSame('mean absolute error', input)))), input.weights),
})
