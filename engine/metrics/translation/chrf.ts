// chrF of a corpus: F-score of character n-grams to 6, recall counting twice (β = 2), without white space.
import { ngramCounts, overlap } from './ngrams.ts'

const ORDER = 6
const BETA = 2

/** What one sentence adds: for each order its n-grams, its reference's, and those they share. */
export function chrfStatistics(hypothesis: string, reference: string): Float64Array {
  const [ours, theirs] = [hypothesis, reference].map((text) => Array.from(text.replaceAll(/\s+/g, '')))
  const out = new Float64Array(3 * ORDER)
  for (let n = 1; n <= ORDER; n++) {
    const total = Math.max(0, (theirs?.length ?? 0) - n + 1)
    // As in sacreBLEU: n-grams longer than the reference count for nothing.
    out[3 * (n - 1)] = total > 0 ? Math.max(0, (ours?.length ?? 0) - n + 1) : 0
    out[3 * (n - 1) + 1] = total
    out[3 * (n - 1) + 2] = overlap(ngramCounts(ours ?? [], n), ngramCounts(theirs ?? [], n))
  }
  return out
}

/**
 * 0 to 100, from sums of `chrfStatistics`. Popović, "chrF: character n-gram F-score for automatic MT evaluation", WMT 2015,
 * https://aclanthology.org/W15-3049; sacreBLEU's signature nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no.
 */
export function chrf(sums: ArrayLike<number>): number {
  let [precision, recall, orders] = [0, 0, 0]
  for (let n = 0; n < ORDER; n++) {
    const [ours, theirs, both] = [sums[3 * n] ?? 0, sums[3 * n + 1] ?? 0, sums[3 * n + 2] ?? 0]
    if (ours === 0 || theirs === 0) continue
    precision += both / ours
    recall += both / theirs
    orders++
  }
  if (orders === 0 || precision + recall === 0) return 0
  const [p, r] = [precision / orders, recall / orders]
  return (100 * (1 + BETA ** 2) * p * r) / (BETA ** 2 * p + r)
}
