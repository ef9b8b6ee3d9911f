// Rating input: the users and items that training knows.
import { z } from 'zod'

/** Code 0 stands for anybody and anything unknown; known ones are numbered from 1 in this order. */
export const ratingInput = z.strictObject({
  kind: z.literal('rating'),
  users: z.array(z.string()).min(1).max(1_000_000),
  items: z.array(z.string()).min(2).max(200_000),
  /** Of the training ratings; null where people only chose and gave no ratings. */
  rating: z.strictObject({ mean: z.number(), std: z.number().positive(), low: z.number(), high: z.number() }).nullable(),
})
