// BIO tags: spans of a text as one tag a token, and back.
import { LatheError } from '../../contract/errors.ts'

/** UTF-16 code units, end excluded; `class` is an index or a name. */
export interface Span<C> {
  readonly start: number
  readonly end: number
  readonly class: C
}
type Place = readonly [start: number, end: number]

/** 0 is outside; 1 + 2c begins class c, 2 + 2c goes on with it. */
export const beginTag = (c: number): number => 1 + 2 * c
export const insideTag = (c: number): number => 2 + 2 * c
/** Class of a tag; −1 outside. */
export const classOfTag = (tag: number): number => Math.floor((tag - 1) / 2)

/** A token belongs to the first span that it overlaps; spans of no token are lost. */
export function tagsOf(spans: readonly Span<number>[], places: readonly Place[]): number[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end)
  let at = 0
  let begun = -1
  return places.map(([start, end]) => {
    while (at < sorted.length && (sorted[at]?.end ?? 0) <= start) at++
    const span = sorted[at]
    if (!span || span.start >= end || start === end) return 0
    const tag = begun === at ? insideTag(span.class) : beginTag(span.class)
    begun = at
    return tag
  })
}

export interface FoundSpan extends Span<number> {
  /** Tokens, end excluded. */
  readonly from: number
  readonly to: number
}

/** As the CoNLL evaluation reads tags: an inside tag that does not go on with its own class begins one. Tjong Kim Sang and De Meulder, 2003. */
export function spansOf(tags: ArrayLike<number>, places: readonly Place[]): FoundSpan[] {
  const spans: FoundSpan[] = []
  let open = -1
  const close = (to: number): void => {
    if (open < 0) return
    const [first, last] = [places[open], places[to - 1]]
    if (!first || !last) throw new LatheError('internal', `${tags.length} tags for ${places.length} tokens`)
    spans.push({ start: first[0], end: last[1], class: classOfTag(tags[open] ?? 0), from: open, to })
    open = -1
  }
  for (let t = 0; t < Math.min(tags.length, places.length); t++) {
    const tag = tags[t] ?? 0
    const goesOn = open >= 0 && tag > 0 && tag % 2 === 0 && classOfTag(tag) === classOfTag(tags[open] ?? 0)
    if (goesOn) continue
    close(t)
    if (tag > 0) open = t
  }
  close(Math.min(tags.length, places.length))
  return spans
}
