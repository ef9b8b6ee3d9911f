// Epochs as a person writes them: `2, 4, 6`.

export const epochsText = (epochs: readonly number[] | null): string => (epochs ?? []).map((epoch) => (Number.isNaN(epoch) ? '?' : String(epoch))).join(', ')

/** Null where nothing is written; NaN stands for what is no number, so that the recipe's check names it. */
export function epochsOf(text: string): number[] | null {
  const parts = text.split(/[\s,;[\]]+/).filter((part) => part !== '')
  return parts.length === 0 ? null : parts.map(Number)
}
