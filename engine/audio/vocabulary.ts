// Transcripts as units for CTC and back: characters, or whole words where there are few.
import { charactersOf, wordsOf } from '../metrics/speech/edits.ts'
import type { SpeechInput } from '../contract/inputs/audio.ts'

type Units = SpeechInput['units']

/** Most words that are told apart as wholes, and how often each must be said on average. */
const [MOST_WORDS, LEAST_TIMES] = [100, 8]

const unitsOf = (text: string, units: Units): string[] => (units === 'words' ? wordsOf(text) : charactersOf(text))

export interface Vocabulary {
  readonly units: Units
  readonly vocabulary: string[]
}

/** Words where the transcripts use few of them often: they are learned far faster, but no other word can ever be heard. Else characters. */
export function chooseUnits(texts: readonly string[]): Vocabulary {
  const said = texts.flatMap(wordsOf)
  const words = [...new Set(said)].sort()
  const units = words.length <= MOST_WORDS && said.length >= LEAST_TIMES * words.length ? 'words' : 'characters'
  return { units, vocabulary: units === 'words' ? words : [...new Set(texts.flatMap(charactersOf))].sort() }
}

/** Classes of CTC, whose blank is 0; what is not in the vocabulary is left out. */
export function encode(text: string, { units, vocabulary }: Vocabulary): number[] {
  const index = new Map(vocabulary.map((unit, i) => [unit, i + 1]))
  return unitsOf(text, units).flatMap((unit) => index.get(unit) ?? [])
}

/** The transcript of classes as `encode` gives them. */
export function decodeUnits(classes: readonly number[], { units, vocabulary }: Vocabulary): string {
  return classes.map((c) => vocabulary[c - 1] ?? '').join(units === 'words' ? ' ' : '').trim()
}

/** Steps that CTC needs at least: one a unit, and a blank between equal neighbours. */
export const stepsNeeded = (classes: readonly number[]): number => classes.length + classes.filter((c, i) => i > 0 && c === classes[i - 1]).length
