// TranslationInput: how two languages become what a network reads and writes, and how an answer is searched for.
import { z } from 'zod'
import { tokenizerJson } from '../tokenizer.ts'
import { MOST_TOKENS } from './text.ts'

export const translationInput = z.object({
  kind: z.literal('translation'),
  source: tokenizerJson,
  /** With a start and an end token. */
  target: tokenizerJson,
  /** Most tokens of a source: of longer ones the rest is not read. */
  sourceLength: z.int().min(1).max(MOST_TOKENS),
  /** Most tokens of an answer, its end token included. */
  targetLength: z.int().min(1).max(MOST_TOKENS),
  /** Answers kept at each step of the search; 1 is greedy. */
  beam: z.int().min(1).max(32),
  /** 0 favours short answers, 1 compares them by nearly the mean of their tokens. */
  lengthPenalty: z.number().min(0).max(2),
})
export type TranslationInput = z.infer<typeof translationInput>
