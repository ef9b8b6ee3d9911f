// Longest match: pieces of the source that training knows how to translate as a whole, the longest first.
import type { Translator } from './translator.ts'
import { textWords } from './translator.ts'

/** Words of the longest piece. */
const MOST = 6

/**
 * A piece's translation is learned where it is a whole text of training, and where two texts differ by it alone at their beginning or end:
 * what is left of both sides then belongs together. Words are translated by `words` where no piece fits.
 */
export function fitLongestMatch(pairs: readonly { readonly source: string; readonly target: string }[], words: Translator): Translator {
  const whole = new Map(pairs.map(({ source, target }) => [textWords(source).join(' '), textWords(target).join(' ')]))
  const votes = new Map<string, Map<string, number>>()
  const vote = (source: string, target: string): void => {
    const of = votes.get(source) ?? new Map<string, number>()
    of.set(target, (of.get(target) ?? 0) + 1)
    votes.set(source, of)
  }
  for (const [source, target] of whole) {
    const from = source.split(' ')
    vote(source, target)
    for (let cut = 1; cut < from.length; cut++) {
      const [head, tail] = [from.slice(0, cut).join(' '), from.slice(cut).join(' ')]
      const [first, last] = [whole.get(head), whole.get(tail)]
      if (first !== undefined && target.startsWith(`${first} `)) vote(tail, target.slice(first.length + 1))
      if (last !== undefined && target.endsWith(` ${last}`)) vote(head, target.slice(0, -last.length - 1))
    }
  }
  const table = new Map(Array.from(votes, ([source, of]) => [source, [...of].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '']))
  return {
    translate: (text) => {
      const from = textWords(text)
      const out: string[] = []
      for (let at = 0; at < from.length; ) {
        let end = at === 0 && table.has(from.join(' ')) ? from.length : Math.min(from.length, at + MOST)
        while (end > at + 1 && !table.has(from.slice(at, end).join(' '))) end--
        const piece = from.slice(at, end).join(' ')
        out.push(table.get(piece) ?? words.translate(piece))
        at = end
      }
      return out.filter((piece) => piece !== '').join(' ')
    },
  }
}
