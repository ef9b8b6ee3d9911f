// Popularity: the items that most people took, for everybody; ratings from the means of users and items.
import { seenBy, type Interactions, type Recommender } from './interactions.ts'

/** How many ratings the mean counts for when the deviation of an item or user is estimated. */
const SHRINK = 10

/** Baseline estimates of Koren, "Factorization meets the neighborhood", KDD 2008, section 2.1, with shrunken means. */
export function popularity(data: Interactions): Recommender {
  const counts = new Float64Array(data.items)
  for (const people of seenBy(data)) for (const item of people) counts[item] = (counts[item] ?? 0) + 1
  const rating = ratingBase(data)
  return { scores: () => counts, rating }
}

/** mean + deviation of the item + deviation of the user. */
export function ratingBase({ users, items, user, item, rating }: Interactions): (user: number, item: number) => number {
  let sum = 0
  let n = 0
  for (const r of rating) {
    if (!Number.isFinite(r)) continue
    sum += r
    n++
  }
  const mean = n > 0 ? sum / n : NaN
  const deviations = (count: number, who: Int32Array, rest: (i: number) => number): Float64Array => {
    const total = new Float64Array(count)
    const times = new Float64Array(count)
    for (let i = 0; i < rating.length; i++) {
      if (!Number.isFinite(rating[i])) continue
      const w = who[i] ?? 0
      total[w] = (total[w] ?? 0) + rest(i)
      times[w] = (times[w] ?? 0) + 1
    }
    return total.map((t, w) => t / (SHRINK + (times[w] ?? 0)))
  }
  const ofItem = deviations(items, item, (i) => (rating[i] ?? 0) - mean)
  const ofUser = deviations(users, user, (i) => (rating[i] ?? 0) - mean - (ofItem[item[i] ?? 0] ?? 0))
  return (u, i) => mean + (ofItem[i] ?? 0) + (ofUser[u] ?? 0)
}
