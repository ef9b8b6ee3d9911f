// Regions: nodes that together are one known function. Whoever builds them says so here, and a lowering may replace them whole.
import type { Value } from './graph.ts'

/** Batch normalisation in training: y = weight · (x − mean) / √(variance + epsilon) + bias, over all axes but the second. */
export interface BatchNormRegion {
  /** [N, C, …]. */
  readonly x: Value
  /** [C]. */
  readonly weight: Value
  readonly bias: Value
  readonly epsilon: number
  /** [N, 1, …] weight of each sample in the statistics, of sum 1; null where all weigh the same. */
  readonly shares: Value | null
  /** [1, C, 1, …]; the variance is that of the population. */
  readonly mean: Value
  readonly variance: Value
  readonly y: Value
}

const regions = new WeakMap<Value, BatchNormRegion>()

export function declareBatchNorm(region: BatchNormRegion): void {
  for (const v of [region.mean, region.variance, region.y]) regions.set(v, region)
}

/** The batch normalisation that `value` is a result of. */
export const batchNormOf = (value: Value): BatchNormRegion | null => regions.get(value) ?? null
