// passages(): a long text cut into pieces of whole paragraphs.

/** Characters (UTF-16) of a passage at most. */
export const PASSAGE = 1500

/**
 * Paragraphs (between empty lines) gathered up to `most` characters. A longer paragraph is cut after a line, else after a
 * sentence, else after a word, else where it must be. All white space around passages goes; nothing else does.
 */
export function passages(text: string, most = PASSAGE): string[] {
  const out: string[] = []
  let current = ''
  const paragraphs = text.replaceAll(/\r\n?/g, '\n').split(/\n[ \t]*(?:\n[ \t]*)+/)
  for (const piece of paragraphs.flatMap((p) => pieces(p.replace(/^\n+|\s+$/g, ''), most))) {
    if (piece === '') continue
    if (current !== '' && current.length + 2 + piece.length > most) {
      out.push(current)
      current = ''
    }
    current += current === '' ? piece : `\n\n${piece}`
  }
  if (current !== '') out.push(current)
  return out
}

/** Ends that a long paragraph is cut after, best first. */
const ENDS = [/\n/g, /[.!?…]["'’”)»]*\s/g, /\s/g]

function pieces(paragraph: string, most: number): string[] {
  const out: string[] = []
  let rest = paragraph
  while (rest.length > most) {
    const cut = lastEnd(rest.slice(0, most))
    out.push(rest.slice(0, cut).trimEnd())
    rest = rest.slice(cut).trimStart()
  }
  out.push(rest)
  return out
}

function lastEnd(text: string): number {
  for (const end of ENDS) {
    const at = [...text.matchAll(end)].at(-1)
    // A cut near the beginning would leave crumbs.
    if (at && at.index + at[0].length > text.length / 4) return at.index + at[0].length
  }
  // Never between the two halves of one character.
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last < 0xdc00 ? text.length - 1 : text.length
}
