// Texts as rows of tokens: the class token in front, the rest cut at the recipe's length.
import type { Tokenizer } from '../../tokenize/load.ts'
import { LatheError } from '../../contract/errors.ts'
import type { TextPair } from '../../data/text/read.ts'

/** One row, without padding. */
export interface TokenRow {
  readonly ids: readonly number[]
  /** Which text each token belongs to: 1 or 2. */
  readonly segments: readonly number[]
  /** Tokens that were not read, for want of room. */
  readonly left: number
}

/** @throws LatheError `data` where the tokenizer of the recipe lacks a token that the task needs. */
export function specialToken(tokenizer: Tokenizer, name: 'class' | 'separator'): number {
  const id = tokenizer.special[name]
  if (id === null) throw new LatheError('data', `the tokenizer of the recipe has no ${name} token; train one for this task`)
  return id
}

/** `[CLS] text`. */
export function encodeText(tokenizer: Tokenizer, text: string, length: number): TokenRow {
  const { ids } = tokenizer.encode(text)
  const kept = ids.slice(0, length - 1)
  return { ids: [specialToken(tokenizer, 'class'), ...kept], segments: new Array<number>(kept.length + 1).fill(1), left: ids.length - kept.length }
}

/** `[CLS] a [SEP] b [SEP]`; where there is no room, the longer text gives way. */
export function encodeJoint(tokenizer: Tokenizer, { a, b }: TextPair, length: number): TokenRow {
  const [first, second] = [tokenizer.encode(a).ids, tokenizer.encode(b).ids]
  const room = length - 3
  const half = Math.floor(room / 2)
  const ofA = Math.min(first.length, Math.max(half, room - second.length))
  const ofB = Math.min(second.length, room - ofA)
  const separator = specialToken(tokenizer, 'separator')
  const ids = [specialToken(tokenizer, 'class'), ...first.slice(0, ofA), separator, ...second.slice(0, ofB), separator]
  return { ids, segments: ids.map((_, i) => (i < ofA + 2 ? 1 : 2)), left: first.length + second.length - ofA - ofB }
}
