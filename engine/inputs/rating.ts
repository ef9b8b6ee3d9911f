// Ratings: JSON of a user and an item.
import { parseRating } from '../data/table/rating.ts'
import type { InputDef } from './input.ts'

export const rating: InputDef = {
  title: 'Rating',
  plural: 'ratings',
  probe: (bytes) => Promise.resolve().then(() => {
    const { user, item } = parseRating(bytes)
    return { mime: 'application/json', width: 0, height: 0, channels: 1, meta: { user, item } }
  }),
}
