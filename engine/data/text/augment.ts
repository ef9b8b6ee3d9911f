// Augmentation of a row of tokens: words left out, neighbours exchanged.
import type { Random } from '../random.ts'

export interface TextAugment {
  readonly wordDropout: number
  readonly swap: number
}

/**
 * Changes `tokens` from `start` to before `end` in place: each is exchanged with the next by chance `swap`, then replaced by `unknown`
 * by chance `wordDropout`. Tokens of `kept` (separators) stay. Word dropout: Iyyer et al., 2015, "Deep unordered composition rivals syntactic methods";
 * swaps: Wei and Zou, "EDA", 2019, https://arxiv.org/abs/1901.11196.
 */
export function augmentTokens(tokens: Int32Array, start: number, end: number, { wordDropout, swap }: TextAugment, unknown: number, kept: ReadonlySet<number>, random: Random): void {
  const movable = (i: number): boolean => i < end && !kept.has(tokens[i] ?? 0)
  if (swap > 0) {
    for (let i = start; i + 1 < end; i++) {
      if (random.uniform() >= swap || !movable(i) || !movable(i + 1)) continue
      const here = tokens[i] ?? 0
      tokens[i] = tokens[i + 1] ?? 0
      tokens[i + 1] = here
      i++
    }
  }
  if (wordDropout > 0) for (let i = start; i < end; i++) if (random.uniform() < wordDropout && movable(i)) tokens[i] = unknown
}
