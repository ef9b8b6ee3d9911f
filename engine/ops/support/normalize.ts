// What the normalising operators share: standard scores over axes, and the gradient through them.
// Ioffe and Szegedy, "Batch Normalization", 2015, https://arxiv.org/abs/1502.03167 (the equations of section 3).
import type { Value } from '../../graph/graph.ts'
import { add } from '../add.ts'
import { mul } from '../mul.ts'
import { reciprocal } from '../reciprocal.ts'
import { reduceMean } from '../reduce_mean.ts'
import { reshape } from '../reshape.ts'
import { sqrt } from '../sqrt.ts'
import { sub } from '../sub.ts'

export interface Scores {
  readonly xhat: Value
  /** 1 / standard deviation, reduced axes kept as 1. */
  readonly inverse: Value
}

/** (x - mean) / sqrt(variance + epsilon) over `axes`, with the population variance. */
export function standardise(x: Value, axes: readonly number[], epsilon: number): Scores {
  const centred = sub(x, reduceMean(x, axes, true))
  const inverse = reciprocal(sqrt(add(reduceMean(mul(centred, centred), axes, true), epsilon)))
  return { xhat: mul(centred, inverse), inverse }
}

/** Gradient of x where `g` is that of x̂: inverse · (g - mean(g) - x̂ · mean(g · x̂)). */
export function standardiseGrad(g: Value, { xhat, inverse }: Scores, axes: readonly number[]): Value {
  return mul(inverse, sub(sub(g, reduceMean(g, axes, true)), mul(xhat, reduceMean(mul(g, xhat), axes, true))))
}

/** A vector over the channels as [C, 1, …], to broadcast against [N, C, …]. */
export function channels(v: Value, rank: number): Value {
  return reshape(v, [...v.shape, ...new Array<number>(Math.max(0, rank - 2)).fill(1)])
}

/** All axes but the channel's. */
export const butChannel = (rank: number): number[] => Array.from({ length: rank }, (_, i) => i).filter((i) => i !== 1)
