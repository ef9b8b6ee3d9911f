// TextInput: how a text becomes what a network sees: the tokenizer learned from the training split, and how many tokens are read.
import { z } from 'zod'
import { tokenizerJson } from '../tokenizer.ts'

/** Longest sequence of tokens that a recipe may ask for. */
export const MOST_TOKENS = 2048

export const textInput = z.object({
  kind: z.literal('text'),
  tokenizer: tokenizerJson,
  /** How often each id stood in the training texts, for people. */
  counts: z.array(z.int().min(0)).optional(),
  /** Tokens of a row, the class token in front included: shorter texts are followed by padding, of longer ones the rest is not read. */
  length: z.int().min(2).max(MOST_TOKENS),
})
export type TextInput = z.infer<typeof textInput>
