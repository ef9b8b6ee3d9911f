// Buckets: the few lengths that sequences are padded to, chosen so that the fewest steps are padding.
import { MOST_BUCKETS } from '../contract/recipe.ts'

/** A further length must spare this share of all steps: each is one more program in memory. */
const LEAST_SPARED = 0.05
/** Training steps that take as long as compiling another of them, with some to spare: 20 to 50 were measured for networks of texts. */
const COMPILED = 60

/**
 * At most `count` rising lengths that every row fits, the last of them `most`; of all such the ones with the fewest steps when each row
 * is padded to the least that holds it. By dynamic programming over the lengths that rows have, O(count · most²).
 */
export function bucketLengths(lengths: ArrayLike<number>, most: number, count: number): number[] {
  const rows = new Float64Array(most + 1)
  for (let i = 0; i < lengths.length; i++) {
    const at = Math.min(most, Math.max(1, lengths[i] ?? 0))
    rows[at] = (rows[at] ?? 0) + 1
  }
  const upTo = rows.map((n) => n)
  for (let length = 1; length <= most; length++) upTo[length] = (upTo[length] ?? 0) + (upTo[length - 1] ?? 0)
  const ends = [...Array.from(rows.keys()).filter((length) => length < most && (rows[length] ?? 0) > 0), most]
  const padded = (from: number, end: number): number => end * ((upTo[end] ?? 0) - (upTo[from] ?? 0))
  // Every length that some row has spares something, so as many are taken as may be. least[i]: steps of the rows up to ends[i], in exactly so many lengths, ends[i] the last.
  let least = ends.map((end) => padded(0, end))
  const before: number[][] = []
  for (let taken = 1; taken < Math.min(count, ends.length); taken++) {
    const best = ends.map((end, i) => {
      let [cost, from] = [Infinity, 0]
      for (let j = 0; j < i; j++) {
        const split = (least[j] ?? Infinity) + padded(ends[j] ?? 0, end)
        if (split < cost) [cost, from] = [split, j]
      }
      return { cost, from }
    })
    least = best.map(({ cost }) => cost)
    before.push(best.map(({ from }) => from))
  }
  let at = ends.length - 1
  const chosen = [most]
  for (const from of before.toReversed()) {
    at = from[at] ?? 0
    chosen.unshift(ends[at] ?? most)
  }
  return chosen
}

/** Steps of all rows, each padded to the least of `buckets` that holds it. */
export function paddedSteps(lengths: ArrayLike<number>, buckets: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < lengths.length; i++) sum += buckets.find((length) => length >= (lengths[i] ?? 0)) ?? buckets.at(-1) ?? 0
  return sum
}

/** How many lengths are worth the programs that they take, in a training of `steps` steps. */
export function bucketsWorth(lengths: ArrayLike<number>, most: number, steps: number): number {
  const all = lengths.length * most
  let count = 1
  for (let before = all; count < MOST_BUCKETS; count++) {
    const after = paddedSteps(lengths, bucketLengths(lengths, most, count + 1))
    const spared = (before - after) / Math.max(1, all)
    if (spared < LEAST_SPARED || spared * steps < COMPILED) break
    before = after
  }
  return count
}
