// A text in pieces for its marks: words, what stands between, and marked spans.

export interface Marked {
  readonly start: number
  readonly end: number
  readonly class: number
}

export interface Piece {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly span: Marked | null
  /** A word that can be chosen. */
  readonly word: boolean
}

const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’-][\p{L}\p{M}\p{N}_]+)*|[^\s\p{L}\p{M}\p{N}_]/gu

/** In order, without gaps; of overlapping spans the first is shown. */
export function piecesOf(text: string, spans: readonly Marked[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const plain = (to: number): void => {
    for (const match of text.slice(at, to).matchAll(WORD)) {
      const start = at + match.index
      if (start > (pieces.at(-1)?.end ?? 0)) pieces.push(gap(text, pieces.at(-1)?.end ?? 0, start))
      pieces.push({ start, end: start + match[0].length, text: match[0], span: null, word: true })
    }
    if (to > (pieces.at(-1)?.end ?? 0)) pieces.push(gap(text, pieces.at(-1)?.end ?? 0, to))
    at = to
  }
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < at || span.end > text.length) continue
    plain(span.start)
    pieces.push({ start: span.start, end: span.end, text: text.slice(span.start, span.end), span, word: false })
    at = span.end
  }
  plain(text.length)
  return pieces
}

const gap = (text: string, start: number, end: number): Piece => ({ start, end, text: text.slice(start, end), span: null, word: false })

/** From the first to the last of two words. */
export const wordRange = (a: { readonly start: number; readonly end: number }, b: { readonly start: number; readonly end: number }): { start: number; end: number } => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) })

/** With a new span; those that it touches give way. */
export function withSpan(spans: readonly Marked[], added: Marked): Marked[] {
  return [...spans.filter((s) => s.end <= added.start || s.start >= added.end), added].sort((a, b) => a.start - b.start)
}

export const withoutSpan = (spans: readonly Marked[], gone: Marked): Marked[] => spans.filter((s) => s.start !== gone.start || s.end !== gone.end)
