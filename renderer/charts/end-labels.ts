// Labels at the ends of lines: moved apart where they would lie over each other.

/** Pixels between the middles of two labels. */
const LINE = 13

/**
 * Pixels to move each label down (negative: up), in the order given, so that none overlaps.
 * `values`: where each line ends, on a scale where `low`..`high` span `height` pixels.
 */
export function endOffsets(values: readonly number[], low: number, high: number, height: number): readonly number[] {
  const wanted = values.map((value, index) => ({ index, y: high > low ? ((high - value) / (high - low)) * height : height / 2 }))
  const sorted = wanted.toSorted((a, b) => a.y - b.y || a.index - b.index)
  const placed = sorted.map((label) => label.y)
  for (let i = 1; i < placed.length; i++) placed[i] = Math.max(placed[i] ?? 0, (placed[i - 1] ?? 0) + LINE)
  // Pushed below the plot: move the lowest group up again.
  const over = (placed.at(-1) ?? 0) - height
  if (over > 0) {
    placed[placed.length - 1] = height
    for (let i = placed.length - 2; i >= 0; i--) placed[i] = Math.min(placed[i] ?? 0, (placed[i + 1] ?? 0) - LINE)
  }
  const offsets = values.map(() => 0)
  sorted.forEach((label, i) => { offsets[label.index] = (placed[i] ?? 0) - label.y })
  return offsets
}
