// Generation: how a text is continued or an answer searched for; what predict may be asked beside its inputs.
import { z } from 'zod'

export const generation = z.object({
  /** Most tokens to make. */
  tokens: z.int().min(1).max(10_000).default(200),
  /** Below 1 surer, above 1 bolder; 0 always takes the most probable token. */
  temperature: z.number().min(0).max(10).default(0.8),
  /** Only so many of the most probable tokens; 0 for all. */
  topK: z.int().min(0).max(100_000).default(0),
  /** Only the most probable tokens that together have this share; 1 for all. */
  topP: z.number().gt(0).max(1).default(1),
  seed: z.int().min(0).max(2 ** 32 - 1).default(1),
  /** Answers kept at each step where an answer is searched for; null takes the recipe's. */
  beam: z.int().min(1).max(32).nullable().default(null),
})
export type Generation = z.infer<typeof generation>
