// Words: how text is cut before a word or WordPiece vocabulary sees it, with the place of each word.

/** Letters, digits and marks of any script with apostrophes between them (`don't`), or any other single sign. */
export const WORD_PATTERN = String.raw`[\p{L}\p{M}\p{N}_]+(?:['’][\p{L}\p{M}\p{N}_]+)*|[^\s\p{L}\p{M}\p{N}_]`

export interface Word {
  readonly text: string
  /** UTF-16 code units of the source, `end` excluded. */
  readonly start: number
  readonly end: number
}

export function wordsOf(text: string): Word[] {
  return Array.from(text.matchAll(new RegExp(WORD_PATTERN, 'gu')), (m) => ({ text: m[0], start: m.index, end: m.index + m[0].length }))
}
