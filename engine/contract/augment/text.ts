// Augmentation of texts: words left out and neighbours exchanged.
import { z } from 'zod'

export const textAugmentation = z.object({
  kind: z.literal('text'),
  /** Share of tokens that are read as unknown. Teaches to rely on no single word; where one word decides (not), it changes the class. */
  wordDropout: z.number().min(0).max(0.9),
  /** Share of tokens that change places with the next one; where order decides, it changes the class. */
  swap: z.number().min(0).max(0.5),
})
export type TextAugmentation = z.infer<typeof textAugmentation>
