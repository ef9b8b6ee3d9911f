// Texts and pairs of texts from their bytes, refused with a reason where they are none.
import { z } from 'zod'
import { DecodeError } from '../decode-error.ts'

/** Longest text that is taken, in bytes. */
export const MOST_BYTES = 4 * 1024 * 1024

/** UTF-8, without the mark of byte order that some editors put in front. @throws {DecodeError} for other bytes, and where nothing but white space stands. */
export function readText(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw new DecodeError(`the text has over ${MOST_BYTES / 2 ** 20} MB; cut it into parts`)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new DecodeError('not a text in UTF-8')
  }
  if (text.includes('\0')) throw new DecodeError('not a text: it has zero bytes')
  if (text.trim() === '') throw new DecodeError('the text is empty')
  return text
}

export interface TextPair {
  readonly a: string
  readonly b: string
}

const pair = z.looseObject({ a: z.string(), b: z.string() })

/** JSON `{"a": …, "b": …}`. @throws {DecodeError} for anything else, and where one of the texts is empty. */
export function readPair(bytes: Uint8Array): TextPair {
  let value: unknown
  try {
    value = JSON.parse(readText(bytes))
  } catch (error) {
    throw error instanceof DecodeError ? error : new DecodeError('not a pair of texts: expected JSON {"a": "…", "b": "…"}')
  }
  const parsed = pair.safeParse(value)
  if (!parsed.success) throw new DecodeError('not a pair of texts: expected JSON {"a": "…", "b": "…"}')
  const { a, b } = parsed.data
  if (a.trim() === '' || b.trim() === '') throw new DecodeError(`text ${a.trim() === '' ? 'a' : 'b'} of the pair is empty`)
  return { a, b }
}

/** As `readPair` takes it; always the same bytes for the same texts. */
export const pairBytes = ({ a, b }: TextPair): Uint8Array => new TextEncoder().encode(JSON.stringify({ a, b }))
