// The moments and the step that Adam and AdamW share.
import type { TrainConfig } from '../contract/recipe.ts'
import type { Value } from '../graph/graph.ts'
import { add, div, mul, sqrt, sub } from '../ops/build.ts'
import { rest, scalar, share, state } from './inputs.ts'
import type { UpdateInput } from './optimizer.ts'

export const BETA2 = 0.999
export const EPSILON = 1e-8

/**
 * Moments are kept without their constant factors, M = m / (1 − β₁) and V = v / (1 − β₂), which saves two passes over the
 * weights a step; those factors and the bias corrections are folded into two scalars (Kingma and Ba, ICLR 2015, end of
 * section 2), so that lr·m̂ / (√v̂ + ε) = α·M / (√V + ε̂) exactly.
 */
export function adamScalars(t: number, lr: number, { momentum: beta1 }: TrainConfig): readonly [alpha: number, epsilon: number] {
  const root = Math.sqrt((1 - BETA2 ** t) / (1 - BETA2))
  return [(lr * (1 - beta1) * root) / (1 - beta1 ** t), EPSILON * root]
}

/** M ← β₁·M + g; V ← β₂·V + g²; returns p − α·M / (√V + ε̂). Where β₁ moves, so does the factor that M is kept without: β₁·(1 − β₁ before) / (1 − β₁) of M stays. */
export function adamStep(input: UpdateInput, g: Value): { p: Value; states: [Value, Value] } {
  const before = input.scalars['momentum_before']
  const kept = before ? mul(share(input), div(sub(1, before), rest(input))) : share(input)
  // First what reads the gradient and leaves it: the last reader may overwrite it.
  const v = add(mul(state(input, 1), BETA2), mul(g, g))
  const scale = add(sqrt(v), scalar(input, 'epsilon'))
  const m = add(mul(state(input, 0), kept), g)
  const direction = div(m, scale)
  return { p: sub(input.p, mul(direction, scalar(input, 'alpha'))), states: [m, v] }
}
