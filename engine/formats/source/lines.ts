// Lines of a text file, with their numbers.
import { DecodeError } from '../../data/decode-error.ts'

export interface Line {
  /** Counted from 1. */
  readonly number: number
  readonly text: string
}

/** Longest line that is taken: one without an end is no text. */
const MOST = 4 * 1024 * 1024

/** UTF-8 without a mark of byte order; lines end in LF or CRLF. @throws {DecodeError} where the bytes are no such text. */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let [rest, number] = ['', 0]
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new DecodeError('not a text in UTF-8')
    }
  }
  for await (const bytes of stream) {
    const parts = (rest + decoded(bytes)).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > MOST) throw new DecodeError('has a line of over 4 MB')
    for (const part of parts) yield { number: ++number, text: part.replace(/\r$/, '') }
  }
  rest += decoded()
  if (rest !== '') yield { number: number + 1, text: rest.replace(/\r$/, '') }
}

/** The whole lines of a file's head, as they can be looked at to find its format; none where it is no text. */
export function headLines(head: Uint8Array, most = 50): string[] {
  const text = new TextDecoder().decode(head)
  if (text.includes('\0') || text.includes('\uFFFD'.repeat(2))) return []
  const lines = text.split('\n')
  // The last may be cut.
  if (lines.length > 1) lines.pop()
  return lines.slice(0, most).map((line) => line.replace(/\r$/, '')).filter((line) => line.trim() !== '')
}
