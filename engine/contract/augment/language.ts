// Augmentation of windows over texts.
import { z } from 'zod'

export const languageAugmentation = z.object({
  kind: z.literal('language'),
  /** Windows begin elsewhere in each epoch, so that the network meets each token after other amounts of text. Changes nothing of the text. */
  shift: z.boolean(),
  /** Share of the tokens read, not of those foretold, that another one of the texts stands in for; none where left out. */
  noise: z.number().min(0).max(0.9).optional(),
})
