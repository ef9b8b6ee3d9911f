// Huber: squared near the target, absolute far from it.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { abs, min, mul, sub } from '../ops/build.ts'
import { scalarOf } from '../ops/support/rule.ts'
import { defineLoss, lossOptions } from './loss.ts'
import { meanOfRows, needSame, overRows } from './rows.ts'

const options = z.strictObject({
  delta: z.number().positive().default(1).describe('Miss at which the square ends, in deviations of the numbers.'),
})

/** Huber, "Robust estimation of a location parameter", 1964: with q = min(|d|, δ), q·(|d| − q/2). */
export const huber = defineLoss({
  title: 'Huber',
  description: 'For numbers; squared near the target, absolute far from it',
  prediction: '[N, …]',
  target: 'float [N, …]',
  options,
  build: (input, { delta }) => {
    return overRows(meanOfRows(huberOf(sub(input.prediction, needSame('Huber', input)), delta)), input.weights)
  },
})

/** Of each difference. */
export function huberOf(difference: Value, delta: number): Value {
  const d = abs(difference)
  const q = min(d, scalarOf(d.graph, d.dtype, delta))
  return mul(q, sub(d, mul(q, 0.5)))
}

/** @throws LatheError `usage` for options that do not fit. */
export const huberOptions = (given: Readonly<Record<string, unknown>>): z.infer<typeof options> => lossOptions('Huber', options, given)
