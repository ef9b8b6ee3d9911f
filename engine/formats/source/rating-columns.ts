// Which columns of a table say who, what, how much and when.
import type { Cell } from '../../data/table/row.ts'

export interface RatingColumns {
  readonly user: number
  readonly item: number
  /** −1 where people only chose. */
  readonly rating: number
  readonly time: number
}

const USER = /^(user|users|userid|user_id|user-id|uid|customer|customer_?id|reviewer|reviewer_?id|account|member|person|who)$/i
const ITEM = /^(item|items|itemid|item_id|item-id|iid|movie|movie_?id|product|product_?id|asin|book|book_?id|isbn|track|song|artist|article|title|what)$/i
const RATING = /^(rating|ratings|score|stars|value|overall|grade|preference)$/i
const TIME = /^(time|timestamp|date|when|unix_?time|datetime)$/i

/** By name; without telling names the order of MovieLens: user, item, rating, time. Null where the table cannot be one of ratings. */
export function ratingColumns(columns: readonly string[], sample: readonly (readonly Cell[])[]): RatingColumns | null {
  const at = (form: RegExp): number => columns.findIndex((name) => form.test(name.trim()))
  const [user, item] = [at(USER), at(ITEM)]
  if (user >= 0 && item >= 0 && user !== item) return { user, item, rating: at(RATING), time: at(TIME) }
  if (columns.length < 2 || columns.length > 4 || !columns.every((name) => /^column \d+$/.test(name))) return null
  const numeric = (j: number): boolean => sample.every((cells) => typeof cells[j] === 'number')
  return { user: 0, item: 1, rating: columns.length > 2 && numeric(2) ? 2 : -1, time: columns.length > 3 ? 3 : -1 }
}
