// Item-kNN: items like those that the user took, by how often the same people took both.
import { seenBy, type Interactions, type Recommender } from './interactions.ts'
import { ratingBase } from './popularity.ts'

/**
 * Cosine of the items' sets of users, shrunken by `shrink` common users; an item's score is the sum over what the user took, of its `k` nearest.
 * Sarwar et al., "Item-based collaborative filtering recommendation algorithms", WWW 2001; shrinkage after Koren, 2008.
 */
export function itemKnn(data: Interactions, k = 50, shrink = 5): Recommender {
  const { items } = data
  const seen = seenBy(data)
  const together = new Float64Array(items * items)
  for (const own of seen) for (const a of own) for (const b of own) together[a * items + b] = (together[a * items + b] ?? 0) + 1
  const count = (a: number): number => together[a * items + a] ?? 0
  /** Row-major; only the `k` nearest of each item are not 0. */
  const similar = new Float64Array(items * items)
  for (let a = 0; a < items; a++) {
    const row = Array.from({ length: items }, (_, b) => {
      const n = together[a * items + b] ?? 0
      return a === b || n === 0 ? 0 : (n / Math.sqrt(count(a) * count(b))) * (n / (n + shrink))
    })
    const least = row.toSorted((x, y) => y - x)[k] ?? 0
    row.forEach((s, b) => {
      if (s > least) similar[a * items + b] = s
    })
  }
  const base = ratingBase(data)
  const rated = seen.map(() => new Map<number, number>())
  for (let i = 0; i < data.user.length; i++) if (Number.isFinite(data.rating[i])) rated[data.user[i] ?? 0]?.set(data.item[i] ?? 0, data.rating[i] ?? 0)
  return {
    scores: (user) => {
      const out = new Float64Array(items)
      for (const own of seen[user] ?? []) for (let i = 0; i < items; i++) out[i] = (out[i] ?? 0) + (similar[i * items + own] ?? 0)
      return out
    },
    rating: (user, item) => {
      let sum = 0
      let weight = 0
      for (const [other, r] of rated[user] ?? []) {
        const s = similar[item * items + other] ?? 0
        sum += s * (r - base(user, other))
        weight += s
      }
      return base(user, item) + (weight > 0 ? sum / weight : 0)
    },
  }
}
