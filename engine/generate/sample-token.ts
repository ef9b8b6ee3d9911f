// sampleToken: draws the next token from what a model gives, sharpened and cut as asked.
import type { Random } from '../data/random.ts'

export interface SamplingOptions {
  /** Divides the logits: below 1 sharper, above 1 flatter; 0 always takes the most probable. */
  readonly temperature: number
  /** Only so many of the most probable tokens; 0 for all. */
  readonly topK: number
  /** Only the most probable tokens that together reach this probability; 1 for all. */
  readonly topP: number
}

/**
 * `logits` may be log-probabilities; −Infinity never is drawn. Top-k: Fan et al., "Hierarchical neural story generation", ACL 2018;
 * top-p: Holtzman et al., "The curious case of neural text degeneration", ICLR 2020, https://arxiv.org/abs/1904.09751.
 * Of equals the first counts as more probable.
 */
export function sampleToken(logits: ArrayLike<number>, { temperature, topK, topP }: SamplingOptions, random: Random): number {
  const order = Array.from({ length: logits.length }, (_, i) => i).sort((a, b) => at(logits, b) - at(logits, a) || a - b)
  const best = order[0] ?? 0
  if (temperature === 0) return best
  const kept = order.slice(0, topK > 0 ? topK : order.length)
  const weights = kept.map((i) => Math.exp((at(logits, i) - at(logits, best)) / temperature))
  const within = nucleus(weights, topP)
  let left = random.uniform() * sum(weights.slice(0, within))
  for (let i = 0; i < within; i++) {
    left -= weights[i] ?? 0
    if (left < 0) return kept[i] ?? best
  }
  return best
}

const at = (values: ArrayLike<number>, i: number): number => values[i] ?? -Infinity
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** How many of the weights, largest first, reach the share `topP`; at least one. */
function nucleus(weights: readonly number[], topP: number): number {
  if (topP >= 1) return weights.length
  const enough = topP * sum(weights)
  let total = 0
  const reached = weights.findIndex((w) => (total += w) >= enough)
  return reached < 0 ? weights.length : reached + 1
}
