// How well a language model foretells: perplexity, bits per character and accuracy, each text weighing by its length.
import { LatheError } from '../../contract/errors.ts'
import { measureSums, type MeasuredSums } from '../../metrics/bootstrap-sums.ts'
import { floatsOf } from '../support/one-class.ts'
import type { Score, ScoredRow, ScoreRequest } from '../task.ts'
import type { LanguageTruth } from './language-set.ts'

export const LANGUAGE_METRICS = ['bits_per_character', 'perplexity', 'accuracy', 'loss', 'bits_per_character_5gram', 'gain_over_5gram'] as const

/** What one text adds. */
export interface TextSums {
  /** −ln p of all its tokens together. */
  readonly loss: number
  readonly tokens: number
  readonly characters: number
  /** Tokens that were the most probable. */
  readonly hits: number
  /** −ln p of all its tokens together by the n-gram model; null without one. */
  readonly reference: number | null
}

/**
 * Bits per character compares models with different tokenizers, perplexity (of a token) those with the same. `bits_per_character_5gram` is that of the
 * interpolated modified Kneser–Ney 5-gram of the training split on the same tokens, `gain_over_5gram` how many bits per character the network is
 * better; its interval is over the same texts for both. Intervals are over texts.
 */
export function measureTexts(texts: readonly TextSums[], seed: number): MeasuredSums {
  const at = (sums: Float64Array, i: number): number => sums[i] ?? 0
  return measureSums(
    texts.map((t) => [t.loss, t.tokens, t.characters, t.hits, t.reference ?? 0]),
    {
      bits_per_character: (s) => at(s, 0) / at(s, 2) / Math.LN2,
      perplexity: (s) => Math.exp(at(s, 0) / at(s, 1)),
      accuracy: (s) => at(s, 3) / at(s, 1),
      loss: (s) => at(s, 0) / at(s, 1),
      ...(texts.every((t) => t.reference !== null) && {
        bits_per_character_5gram: (s: Float64Array) => at(s, 4) / at(s, 2) / Math.LN2,
        gain_over_5gram: (s: Float64Array) => (at(s, 4) - at(s, 0)) / at(s, 2) / Math.LN2,
      }),
    },
    seed,
  )
}

export function scoreLanguage({ set, outputs, seed }: ScoreRequest): Score {
  const [losses, hits] = [floatsOf(outputs, 'losses'), floatsOf(outputs, 'hits')]
  const length = set.count === 0 ? 0 : losses.length / set.count
  const sums = new Map<number, { loss: number; tokens: number; characters: number; hits: number; reference: number | null }>()
  for (let row = 0; row < set.count; row++) {
    const id = set.ids[row] ?? 0
    const { characters, tokens, reference } = set.truth(row) as LanguageTruth
    const text = sums.get(id) ?? { loss: 0, tokens: 0, characters: 0, hits: 0, reference: 0 }
    for (let i = row * length; i < (row + 1) * length; i++) {
      text.loss += losses[i] ?? 0
      text.hits += hits[i] ?? 0
    }
    text.tokens += tokens
    text.characters += characters
    text.reference = reference === null || text.reference === null ? null : text.reference + reference
    sums.set(id, text)
  }
  // Windows are no unit for people: each tells of its whole text.
  const rows = Array.from(set.ids, (id): ScoredRow => {
    const { loss, tokens, characters } = sums.get(id) ?? { loss: 0, tokens: 0, characters: 0 }
    return { predicted: null, probability: null, probabilities: null, loss: loss / Math.max(1, tokens), correct: null, output: { kind: 'foretold', bits_per_character: loss / Math.max(1, characters) / Math.LN2 } }
  })
  const texts = [...sums.values()].filter((t) => t.tokens > 0)
  if (texts.length === 0) throw new LatheError('data', 'none of the texts has a token to foretell')
  return { samples: texts.length, ...measureTexts(texts, seed), classes: [], confusion: [], rows }
}
