// Interactions: who took what, and how they rated it, as codes from 0.

export interface Interactions {
  readonly users: number
  readonly items: number
  readonly user: Int32Array
  readonly item: Int32Array
  /** NaN where it was only chosen. */
  readonly rating: Float64Array
}

/** Items of each user. */
export function seenBy({ users, user, item }: Interactions): Set<number>[] {
  const seen = Array.from({ length: users }, () => new Set<number>())
  for (let i = 0; i < user.length; i++) seen[user[i] ?? 0]?.add(item[i] ?? 0)
  return seen
}

/** A fitted recommender without hidden layers. */
export interface Recommender {
  /** Score of every item for a user; higher is better. */
  scores(user: number): Float64Array
  /** Expected rating; NaN where there were no ratings. */
  rating(user: number, item: number): number
}
