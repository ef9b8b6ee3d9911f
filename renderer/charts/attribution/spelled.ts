// spelled(): tokens as a line of text: what stands apart, and what goes on with the word before.

export interface Spelled {
  readonly text: string
  /** Whether a space stands before it. */
  readonly apart: boolean
}

/**
 * Tokens that carry their own spaces (characters, byte pairs) spell the text as they are. Of others each is a word, but for parts of words,
 * which WordPiece marks with `##`. Padding is empty.
 */
export function spelled(tokens: readonly string[]): Spelled[] {
  const whole = tokens.some((token) => /^\s|\s$/.test(token))
  return tokens.map((token, i) => {
    const part = !whole && i > 0 && token.length > 2 && token.startsWith('##')
    return { text: part ? token.slice(2) : token, apart: !whole && i > 0 && !part && token !== '' }
  })
}
