// TokenizerJson: a tokenizer as Hugging Face's `tokenizer.json`, which a recipe and an exported file carry with them.
import { z } from 'zod'

export const TOKENIZER_KINDS = ['word', 'character', 'bpe', 'wordpiece'] as const
export const tokenizerKind = z.enum(TOKENIZER_KINDS)
export type TokenizerKind = z.infer<typeof tokenizerKind>

/** What a person asks of the tokenizer that a recipe trains; what is left out the recipe chooses by the texts. */
export const tokenizerChoice = z.strictObject({
  kind: tokenizerKind.optional(),
  /** Most tokens of the vocabulary, special ones included. */
  size: z.int().min(16).max(100_000).optional(),
})
export type TokenizerChoice = z.infer<typeof tokenizerChoice>

/** Tokens that stand for no text: padding and unknown are always there, the others where a task asks for them. */
export const SPECIAL_TOKENS = { pad: '[PAD]', unknown: '[UNK]', class: '[CLS]', separator: '[SEP]', start: '[BOS]', end: '[EOS]' } as const
export type SpecialToken = keyof typeof SPECIAL_TOKENS

const part = z.looseObject({ type: z.string() }).nullable()

/** https://huggingface.co/docs/tokenizers: only what every tokenizer must have is checked here, the library checks the rest. */
export const tokenizerJson = z.looseObject({
  version: z.string(),
  added_tokens: z.array(z.looseObject({ id: z.int().min(0), content: z.string().min(1) })).max(10_000),
  normalizer: part,
  pre_tokenizer: part,
  post_processor: part,
  decoder: part,
  model: z.looseObject({ type: z.string().optional(), vocab: z.record(z.string(), z.int().min(0)) }),
})
export type TokenizerJson = z.infer<typeof tokenizerJson>
