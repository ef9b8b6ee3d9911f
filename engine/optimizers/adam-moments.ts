// The moments and the step that Adam and AdamW share.
import type { TrainConfig } from '../contract/recipe.ts'
import type { Value } from '../graph/graph.ts'
import { add, div, mul, sqrt, sub } from '../ops/build.ts'
import { scalar, state } from './inputs.ts'
import type { UpdateInput } from './optimizer.ts'

export const BETA2 = 0.999
export const EPSILON = 1e-8

/**
 * Bias corrections folded into two scalars, as Kingma and Ba (ICLR 2015) suggest at the end of section 2:
 * α = lr·√(1 − β₂ᵗ) / (1 − β₁ᵗ) and ε̂ = ε·√(1 − β₂ᵗ), which equals m̂ / (√v̂ + ε) exactly.
 */
export function adamScalars(t: number, lr: number, { momentum: beta1 }: TrainConfig): readonly [alpha: number, epsilon: number] {
  const root = Math.sqrt(1 - BETA2 ** t)
  return [(lr * root) / (1 - beta1 ** t), EPSILON * root]
}

/** m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; returns p − α·m / (√v + ε̂). */
export function adamStep(input: UpdateInput, g: Value): { p: Value; states: [Value, Value] } {
  const beta1 = input.config.momentum
  const m = add(mul(state(input, 0), beta1), mul(g, 1 - beta1))
  const v = add(mul(state(input, 1), BETA2), mul(mul(g, g), 1 - BETA2))
  const step = div(mul(m, scalar(input, 'alpha')), add(sqrt(v), scalar(input, 'epsilon')))
  return { p: sub(input.p, step), states: [m, v] }
}
