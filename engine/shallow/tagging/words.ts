// Words of a text with their places: what shallow taggers give a tag.

export interface PlacedWord {
  readonly text: string
  /** UTF-16 code units, end excluded. */
  readonly start: number
  readonly end: number
}

/** Runs of letters, runs of digits, single marks; case is kept. */
export const placedWords = (text: string): PlacedWord[] => Array.from(text.matchAll(/[\p{L}\p{M}]+|\p{N}+|[^\s\p{L}\p{M}\p{N}]/gu), (m) => ({ text: m[0], start: m.index, end: m.index + m[0].length }))

/** What a tagger learns from. */
export interface TaggedText {
  readonly words: readonly PlacedWord[]
  /** One a word, as `data/text/bio.ts` numbers them. */
  readonly tags: readonly number[]
}

export interface Tagger {
  tags(words: readonly PlacedWord[]): number[]
}
