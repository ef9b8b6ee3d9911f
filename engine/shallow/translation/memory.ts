// Translation memory: the translation of the most similar text of training.
import { editDistance } from '../../metrics/speech/edits.ts'
import type { Translator } from './translator.ts'
import { textWords } from './translator.ts'

/** Fewest words to change; of equals the text that comes first. */
export function fitMemory(pairs: readonly { readonly source: string; readonly target: string }[]): Translator {
  const known = pairs.map(({ source, target }) => ({ words: textWords(source), target }))
  return {
    translate: (text) => {
      const words = textWords(text)
      let best = { distance: Infinity, target: '' }
      for (const { words: other, target } of known) {
        // The lengths alone say how many words at least differ.
        if (Math.abs(other.length - words.length) >= best.distance) continue
        const distance = editDistance(words, other)
        if (distance < best.distance) best = { distance, target }
        if (distance === 0) break
      }
      return best.target
    },
  }
}
