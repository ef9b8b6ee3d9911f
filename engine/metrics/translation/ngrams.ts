// Counts of n-grams and what two texts share of them.

/** Each n-gram with how often it stands there. */
export function ngramCounts(tokens: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let i = 0; i + n <= tokens.length; i++) {
    const gram = tokens.slice(i, i + n).join(' ')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

/** How many n-grams of `ours` are also in `theirs`, none counted more often than it is there. */
export function overlap(ours: ReadonlyMap<string, number>, theirs: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const [gram, count] of ours) sum += Math.min(count, theirs.get(gram) ?? 0)
  return sum
}
