// TextPairInput: how two texts become what a network sees.
import { z } from 'zod'
import { tokenizerJson } from '../tokenizer.ts'
import { MOST_TOKENS } from './text.ts'

export const textPairInput = z.object({
  kind: z.literal('text-pair'),
  tokenizer: tokenizerJson,
  /** How often each id stood in the training texts, for people. */
  counts: z.array(z.int().min(0)).optional(),
  /** `joint`: one sequence `[CLS] a [SEP] b [SEP]`; `separate`: two sequences `[CLS] a` and `[CLS] b`. */
  layout: z.enum(['joint', 'separate']),
  /** Tokens of the sequence, or of each of the two; of longer ones the rest is not read, in a joint one of the longer text first. */
  length: z.int().min(4).max(MOST_TOKENS),
})
export type TextPairInput = z.infer<typeof textPairInput>
