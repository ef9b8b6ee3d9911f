// Offsets: where in the text each token stands, which the tokenizer library does not say.
import { SPECIAL_TOKENS } from '../contract/tokenizer.ts'
import type { Word } from './words.ts'

/** UTF-16 code units, end excluded. */
export type Offset = readonly [start: number, end: number]

/** Parts of one word; where their letters do not add up (a letter whose lower case is two), each has the whole word. */
export function partOffsets({ start, end }: Word, tokens: readonly string[]): Offset[] {
  const lengths = tokens.map((t) => (t.startsWith('##') ? t.length - 2 : t.length))
  if (tokens.length === 1 || lengths.reduce((a, b) => a + b, 0) !== end - start) return tokens.map(() => [start, end])
  let at = start
  return lengths.map((n) => [at, (at += n)])
}

/** One code point a token. */
export function characterOffsets(text: string, tokens: readonly string[]): Offset[] {
  const points = Array.from(text)
  let at = 0
  return tokens.map((_, i) => [at, (at += points[i]?.length ?? 0)])
}

/** Tokens of bytes: one that ends within a character reaches to its end, one that begins within begins where it does. */
export function byteOffsets(text: string, tokens: readonly string[]): Offset[] {
  const owner: Offset[] = []
  let at = 0
  for (const point of text) {
    const code = point.codePointAt(0) ?? 0
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    for (let b = 0; b < bytes; b++) owner.push([at, at + point.length])
    at += point.length
  }
  let byte = 0
  return tokens.map((token) => {
    const first = owner[byte]
    byte += token.length
    return [first?.[0] ?? text.length, owner[byte - 1]?.[1] ?? text.length]
  })
}

/** For tokenizers of other makes: each token is looked for after the one before; one that is not found stands where it was expected. */
export function searchOffsets(text: string, tokens: readonly string[]): Offset[] {
  const source = text.toLowerCase()
  let at = 0
  return tokens.map((token) => {
    const bare = token === SPECIAL_TOKENS.unknown ? '' : token.replace(/^(##|▁|Ġ)/u, '').toLowerCase()
    const found = bare === '' ? -1 : source.indexOf(bare, at)
    if (found < 0) return [Math.min(at, text.length), Math.min(at, text.length)]
    at = found + bare.length
    return [Math.min(found, text.length), Math.min(at, text.length)]
  })
}
