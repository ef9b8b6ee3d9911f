// A dictionary of the spans of training: what stood for a class mostly, stands for it again.
import { beginTag, classOfTag, insideTag } from '../../data/text/bio.ts'
import type { PlacedWord, Tagger, TaggedText } from './words.ts'

/** The longest known span at each place wins; one that is mostly no span in training is left out. CoNLL-2003's own baseline: Tjong Kim Sang and De Meulder, 2003, section 2.5. */
export function fitDictionary(texts: readonly TaggedText[]): Tagger {
  const counts = new Map<string, Map<number, number>>()
  let longest = 1
  for (const { words, tags } of texts) {
    for (let at = 0; at < words.length; ) {
      const tag = tags[at] ?? 0
      let end = at + 1
      while (tag > 0 && end < words.length && tags[end] === insideTag(classOfTag(tag))) end++
      if (tag > 0) {
        const key = keyOf(words, at, end)
        const of = counts.get(key) ?? new Map<number, number>()
        of.set(classOfTag(tag), (of.get(classOfTag(tag)) ?? 0) + 1)
        counts.set(key, of)
        longest = Math.max(longest, end - at)
      }
      at = end
    }
  }
  const seen = occurrences(texts, counts, longest)
  const known = new Map([...counts].flatMap(([key, of]) => {
    const [[best, times] = [0, 0]] = [...of].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    return 2 * times > (seen.get(key) ?? 0) + sum(of) ? [[key, best] as const] : []
  }))
  return {
    tags: (words) => {
      const out = new Array<number>(words.length).fill(0)
      for (let at = 0; at < words.length; ) {
        let end = Math.min(words.length, at + longest)
        while (end > at && !known.has(keyOf(words, at, end))) end--
        const found = known.get(keyOf(words, at, end))
        if (found !== undefined && end > at) for (let i = at; i < end; i++) out[i] = i === at ? beginTag(found) : insideTag(found)
        at = Math.max(end, at + 1)
      }
      return out
    },
  }
}

const sum = (counts: ReadonlyMap<number, number>): number => [...counts.values()].reduce((a, b) => a + b, 0)

const keyOf = (words: readonly PlacedWord[], from: number, to: number): string => words.slice(from, to).map((w) => w.text).join(' ')

/** How often each of the dictionary's entries is a span of its own, or stands where no span is. */
function occurrences(texts: readonly TaggedText[], entries: ReadonlyMap<string, unknown>, longest: number): Map<string, number> {
  const seen = new Map<string, number>()
  for (const { words, tags } of texts) {
    for (let at = 0; at < words.length; at++) {
      // A part of a longer span says nothing.
      for (let end = at + 1; end <= Math.min(words.length, at + longest); end++) {
        const key = keyOf(words, at, end)
        if (entries.has(key) && tags.slice(at, end).every((tag) => tag === 0)) seen.set(key, (seen.get(key) ?? 0) + 1)
      }
    }
  }
  return seen
}
