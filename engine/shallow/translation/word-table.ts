// Word by word: which word of the target stands for which of the source, learned from pairs without alignments.
import type { Translator } from './translator.ts'
import { textWords } from './translator.ts'

/** What a source word may stand beside: none at all. */
const NULL = ''

/** IBM Model 1 by expectation maximisation; each source word becomes its most probable word, in the order of the source. Brown et al., "The mathematics of statistical machine translation", 1993. */
export function fitWordTable(pairs: readonly { readonly source: string; readonly target: string }[], iterations = 10): Translator {
  const split = pairs.map(({ source, target }) => ({ source: [NULL, ...textWords(source)], target: textWords(target) }))
  let table = new Map<string, Map<string, number>>()
  for (let round = 0; round < iterations; round++) {
    const counts = new Map<string, Map<string, number>>()
    for (const { source, target } of split) {
      for (const word of target) {
        const shares = source.map((from) => (round === 0 ? 1 : (table.get(from)?.get(word) ?? 0)))
        const total = shares.reduce((a, b) => a + b, 0)
        source.forEach((from, i) => {
          const of = counts.get(from) ?? new Map<string, number>()
          of.set(word, (of.get(word) ?? 0) + (shares[i] ?? 0) / total)
          counts.set(from, of)
        })
      }
    }
    table = new Map(Array.from(counts, ([from, of]) => {
      const total = [...of.values()].reduce((a, b) => a + b, 0)
      return [from, new Map(Array.from(of, ([word, n]) => [word, n / total]))]
    }))
  }
  const best = new Map(Array.from(table, ([from, of]) => [from, [...of].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? from]))
  // A word never met stays as it is: names do.
  return { translate: (text) => textWords(text).map((word) => best.get(word) ?? word).join(' ') }
}
