// Word and character error rate: edits that turn what was heard into what was said.
import { measureSums, type MeasuredSums } from '../bootstrap-sums.ts'

/** Least number of insertions, deletions and substitutions between two sequences. Wagner and Fischer, "The string-to-string correction problem", 1974. */
export function editDistance(from: readonly string[], to: readonly string[]): number {
  let before = Int32Array.from({ length: to.length + 1 }, (_, j) => j)
  for (const [i, symbol] of from.entries()) {
    const row = new Int32Array(to.length + 1)
    row[0] = i + 1
    for (let j = 1; j <= to.length; j++) {
      const kept = (before[j - 1] ?? 0) + (symbol === to[j - 1] ? 0 : 1)
      row[j] = Math.min(kept, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
    }
    before = row
  }
  return before[to.length] ?? 0
}

/** Words of a transcript: runs of anything but white space. */
export const wordsOf = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '')

/** Characters of a transcript as people count them (code points), one blank between words. */
export const charactersOf = (text: string): string[] => Array.from(wordsOf(text).join(' '))

/**
 * `wer` and `cer`: edits over all utterances ÷ words or characters of all references (so above 1 where more is heard than said), and
 * `exact`: share of the utterances without an edit. 95 % intervals by drawing utterances anew.
 * Silence that is heard as silence adds no edit and no word.
 */
export function errorRates(pairs: readonly { readonly said: string; readonly heard: string }[], seed: number): MeasuredSums {
  const statistics = pairs.map(({ said, heard }) => {
    const [words, characters] = [wordsOf(said), charactersOf(said)]
    const [wordEdits, characterEdits] = [editDistance(words, wordsOf(heard)), editDistance(characters, charactersOf(heard))]
    return [wordEdits, words.length, characterEdits, characters.length, wordEdits === 0 ? 1 : 0, 1]
  })
  const ratio = (edits: number, length: number) => (sums: Float64Array) => (sums[edits] ?? 0) / Math.max(1, sums[length] ?? 0)
  return measureSums(statistics, { wer: ratio(0, 1), cer: ratio(2, 3), exact: ratio(4, 5) }, seed)
}
