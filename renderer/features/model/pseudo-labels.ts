// Which suggestions a run would learn from.
import type { SuggestionRecord } from '../../../db/contract/records.ts'

/** How many are at least so sure and may be trained on: of `run` alone, where the next one begins from it; never of validation or test samples. */
export function learnable(suggestions: readonly SuggestionRecord[], threshold: number, run: number | null): number {
  return suggestions.filter((one) => one.probability >= threshold && (run === null || one.run === run) && (one.split ?? 'train') === 'train').length
}
