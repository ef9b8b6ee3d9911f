// Quantile (pinball) loss: predicts the value that a given share of targets stays below.
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import { max, mul, sub } from '../ops/build.ts'
import { typed } from '../ops/support/rule.ts'
import { defineLoss } from './loss.ts'
import { meanOfRows, needTarget, overRows } from './rows.ts'

const options = z.strictObject({
  /** One for each column of the prediction, or one for all. */
  quantiles: z.array(z.number().gt(0).lt(1)).min(1).default([0.5]),
})

/** Koenker and Bassett, "Regression quantiles", 1978: max(τ·d, (τ − 1)·d) with d = target − prediction. */
export const quantile = defineLoss({
  title: 'Quantile',
  description: 'For numbers with their uncertainty: a column for each quantile',
  prediction: '[N, Q]',
  target: 'float [N, 1] or [N, Q]',
  options,
  build: (input, { quantiles }) => {
    const { prediction } = input
    const columns = prediction.shape[1]
    if (prediction.shape.length !== 2 || (quantiles.length > 1 && columns !== quantiles.length)) throw new GraphError(`quantile: the prediction must be [N, ${quantiles.length}], one column for each quantile; it is [${prediction.shape.join(', ')}]`)
    const target = needTarget('quantile', input)
    const tau = (by: number): typeof target => prediction.graph.constant(typed(prediction.dtype, quantiles.map((q) => q + by)), prediction.dtype, [1, quantiles.length])
    const d = sub(target, prediction)
    return overRows(meanOfRows(max(mul(d, tau(0)), mul(d, tau(-1)))), input.weights)
  },
})
