// LanguageInput: how a language model reads: the tokenizer learned from the training split, and how many tokens it looks at.
import { z } from 'zod'
import { tokenizerJson } from '../tokenizer.ts'
import { MOST_TOKENS } from './text.ts'

export const languageInput = z.object({
  kind: z.literal('language'),
  /** With a start token, which stands before every text. */
  tokenizer: tokenizerJson,
  /** Tokens of a window, the start token included: longer texts are read in several. */
  length: z.int().min(2).max(MOST_TOKENS),
})
export type LanguageInput = z.infer<typeof languageInput>
