// Mean squared error.
import { mul, sub } from '../ops/build.ts'
import { defineLoss, noOptions } from './loss.ts'
import { meanOfRows, needSame, overRows } from './rows.ts'

/** Legendre, 1805: the mean of squared differences. */
export const mse = defineLoss({
  title: 'Mean squared error',
  description: 'For numbers; far misses count most',
  prediction: '[N, …]',
  target: 'float [N, …]',
  options: noOptions,
  build: (input) => {
    const d = sub(input.prediction, needSame('mean squared error', input))
    return overRows(meanOfRows(mul(d, d)), input.weights)
  },
})
