// What losses share: the mean of each row, the weighted mean over rows, and checks of shapes.
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { countOf, div, mul, reduceMean, reduceSum } from '../ops/build.ts'
import type { LossInput, LossOutput } from './loss.ts'

/** [N, …] to [N]: the mean of each row. */
export function meanOfRows(x: Value): Value {
  return x.shape.length === 1 ? x : reduceMean(x, x.shape.map((_, i) => i).slice(1), false)
}

/** [N, …] to [N]: the sum of each row. */
export function sumOfRows(x: Value): Value {
  return x.shape.length === 1 ? x : reduceSum(x, x.shape.map((_, i) => i).slice(1), false)
}

/** Weighted mean and weighted sum of `perRow` [N]. */
export function overRows(perRow: Value, weights: Value | null): LossOutput {
  const sum = reduceSum(weights ? mul(perRow, weights) : perRow)
  return { sum, objective: div(sum, weights ? reduceSum(weights) : countOf(perRow, [0])) }
}

/** Throws GraphError where the loss was given no target. */
export function needTarget(loss: string, { target }: LossInput): Value {
  if (!target) throw new GraphError(`${loss}: it needs a target, none was given`)
  return target
}

/** Throws GraphError unless prediction and target have the same shape and element type. */
export function needSame(loss: string, input: LossInput): Value {
  const target = needTarget(loss, input)
  const { prediction } = input
  if (target.dtype !== prediction.dtype || target.shape.length !== prediction.shape.length || target.shape.some((d, i) => d !== prediction.shape[i])) {
    throw new GraphError(`${loss}: prediction ${prediction.dtype} [${prediction.shape.join(', ')}] and target ${target.dtype} [${target.shape.join(', ')}] must be of one type and shape`)
  }
  return target
}

/** Throws GraphError unless the prediction is `[N, …sizes]`; null stands for any size. */
export function needShape(loss: string, prediction: Value, sizes: readonly (number | null)[]): void {
  const found = prediction.shape.slice(1)
  if (found.length !== sizes.length || sizes.some((s, i) => s !== null && s !== found[i])) {
    throw new GraphError(`${loss}: the prediction must be [N, ${sizes.map((s) => s ?? '*').join(', ')}], it is [${prediction.shape.join(', ')}]`)
  }
}
