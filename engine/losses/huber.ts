// Huber: squared near the target, absolute far from it.
import { z } from 'zod'
import { abs, min, mul, sub } from '../ops/build.ts'
import { scalarOf } from '../ops/support/rule.ts'
import { defineLoss } from './loss.ts'
import { meanOfRows, needSame, overRows } from './rows.ts'

const options = z.strictObject({
  /** Where the square ends. */
  delta: z.number().positive().default(1),
})

/** Huber, "Robust estimation of a location parameter", 1964: with q = min(|d|, δ), q·(|d| − q/2). */
export const huber = defineLoss({
  title: 'Huber',
  description: 'For numbers; squared near the target, absolute far from it',
  prediction: '[N, …]',
  target: 'float [N, …]',
  options,
  build: (input, { delta }) => {
    const d = abs(sub(input.prediction, needSame('Huber', input)))
    const q = min(d, scalarOf(d.graph, d.dtype, delta))
    return overRows(meanOfRows(mul(q, sub(d, mul(q, 0.5)))), input.weights)
  },
})
