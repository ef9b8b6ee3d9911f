// Rankings: where the item that a user really took stands among all that the user had not seen.
import { LatheError } from '../contract/errors.ts'
import type { Interval } from './metric.ts'
import { resample } from './resample.ts'

export interface RankScore {
  readonly users: number
  readonly metrics: Readonly<Record<string, number>>
  readonly intervals: Readonly<Record<string, Interval>>
}

/** 1 for the first place; `seen` items take no part. Of equal scores those of the others stand first: a model that says nothing earns nothing. */
export function rankOf(scores: ArrayLike<number>, item: number, seen: ReadonlySet<number>): number {
  const own = scores[item] ?? -Infinity
  let rank = 1
  for (let i = 0; i < scores.length; i++) if (i !== item && !seen.has(i) && (scores[i] ?? -Infinity) >= own) rank++
  return rank
}

/** Of one held-out item: 1 / log2(1 + rank) within the first `k`, else 0. Järvelin and Kekäläinen, 2002; the ideal is 1. */
export const ndcgOf = (rank: number, k = 10): number => (rank <= k ? 1 / Math.log2(1 + rank) : 0)
export const hitOf = (rank: number, k = 10): number => (rank <= k ? 1 : 0)

/**
 * NDCG@10 and hit rate@10: means over users, each the mean over that user's held-out items.
 * @param users user of each held-out item. @param ranks from `rankOf`. Throws LatheError `data` where there is none.
 */
export function rankScore(users: ArrayLike<number>, ranks: ArrayLike<number>, seed: number): RankScore {
  const byUser = new Map<number, number[]>()
  for (let i = 0; i < users.length; i++) {
    const user = users[i] ?? 0
    const list = byUser.get(user)
    if (list) list.push(ranks[i] ?? Infinity)
    else byUser.set(user, [ranks[i] ?? Infinity])
  }
  if (byUser.size === 0) throw new LatheError('data', 'there is no held-out item of any user to rank: split the ratings so that this split has some')
  const mean = (list: readonly number[], of: (rank: number) => number): number => list.reduce((sum, rank) => sum + of(rank), 0) / list.length
  const ndcg = [...byUser.values()].map((list) => mean(list, ndcgOf))
  const hit = [...byUser.values()].map((list) => mean(list, hitOf))
  const of = (rows: ArrayLike<number>): { ndcg10: number; hit10: number } => {
    let [n, h] = [0, 0]
    for (let i = 0; i < rows.length; i++) {
      n += ndcg[rows[i] ?? 0] ?? 0
      h += hit[rows[i] ?? 0] ?? 0
    }
    return { ndcg10: n / rows.length, hit10: h / rows.length }
  }
  return { users: ndcg.length, metrics: of(ndcg.map((_, i) => i)), intervals: resample(ndcg.length, of, seed) }
}
