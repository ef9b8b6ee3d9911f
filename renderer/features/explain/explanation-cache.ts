// The last explanations by what they explain, so that going back is instant.
import type { Explanation } from '../../../engine/contract/commands.ts'

const KEPT = 60

export interface ExplanationKey {
  readonly run: number
  readonly weights: string | null
  readonly sample: number
  readonly method: string
  readonly target: number | null
}
export const keyText = (key: ExplanationKey): string => [key.run, key.weights ?? '', key.sample, key.method, key.target ?? 'predicted'].join(' ')

/** Least recently used goes first. */
export class ExplanationCache {
  readonly #kept = new Map<string, Explanation>()

  get(key: ExplanationKey): Explanation | undefined {
    const text = keyText(key)
    const found = this.#kept.get(text)
    if (found) {
      this.#kept.delete(text)
      this.#kept.set(text, found)
    }
    return found
  }

  set(key: ExplanationKey, explanation: Explanation): void {
    this.#kept.set(keyText(key), explanation)
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break
      this.#kept.delete(oldest)
    }
  }
}
