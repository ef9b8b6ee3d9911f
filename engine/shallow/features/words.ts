// Bag of words: how often each frequent word of the training texts occurs, without their order.
import type { Features } from './features.ts'

/** More change little and take memory: a matrix has a column a word. */
const MOST = 3000

export const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}+|\p{N}+|[^\s\p{L}\p{N}]/gu) ?? []

/** Words of at least two texts, the most frequent first. */
export function bagOfWords(samples: readonly Uint8Array[], read: (bytes: Uint8Array) => readonly string[]): Features {
  const texts = new Map<string, number>()
  for (const bytes of samples) for (const word of new Set(read(bytes))) texts.set(word, (texts.get(word) ?? 0) + 1)
  const names = [...texts].filter(([, n]) => n > 1).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST).map(([word]) => word)
  // Texts without a word in common still need one column.
  if (names.length === 0) names.push(...[...texts.keys()].slice(0, 1), ...(texts.size === 0 ? [''] : []))
  const index = new Map(names.map((word, i) => [word, i]))
  return {
    names,
    counts: true,
    of: (bytes) => {
      const counts = new Float32Array(names.length)
      for (const word of read(bytes)) {
        const i = index.get(word)
        if (i !== undefined) counts[i] = (counts[i] ?? 0) + 1
      }
      return counts
    },
    describe: () => ({ words: 'lower case; runs of letters, runs of digits, single marks', vocabulary: names }),
  }
}
