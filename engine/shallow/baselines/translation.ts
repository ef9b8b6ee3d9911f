// Baselines of translation: word by word, by the longest known pieces, and by the most similar text of training; by BLEU.
import { readText } from '../../data/text/read.ts'
import { measureSums } from '../../metrics/bootstrap-sums.ts'
import { bleu, bleuStatistics } from '../../metrics/translation/bleu.ts'
import { chrf, chrfStatistics } from '../../metrics/translation/chrf.ts'
import { fitLongestMatch } from '../translation/longest-match.ts'
import { fitMemory } from '../translation/memory.ts'
import type { Translator } from '../translation/translator.ts'
import { fitWordTable } from '../translation/word-table.ts'
import { sumsOfValues, type BaselineDef } from './baseline.ts'
import { readSplits, type ReadSample } from './read-splits.ts'
import { ready } from './ready.ts'

type Pair = { readonly source: string; readonly target: string }

const MODELS: readonly { readonly name: string; readonly title: string; readonly note: string; readonly fit: (pairs: readonly Pair[]) => Translator }[] = [
  { name: 'word-by-word', title: 'Word by word', note: 'most probable word of IBM Model 1, in the order of the source', fit: (pairs) => fitWordTable(pairs) },
  { name: 'longest-match', title: 'Longest known pieces', note: 'pieces that texts of training have in common; words of IBM Model 1 between them', fit: (pairs) => fitLongestMatch(pairs, fitWordTable(pairs)) },
  { name: 'translation-memory', title: 'Translation memory', note: 'the translation of the training text with the fewest other words', fit: fitMemory },
]

const targetOf = ({ sample: { label } }: ReadSample<unknown>): string => (label?.kind === 'text' ? label.text : '')

export const translationBaseline: BaselineDef = {
  ranking: { metric: 'bleu', lowerIsBetter: false, measure: (values) => bleu(sumsOfValues(values)) },
  valuesOf: ({ set, rows }) =>
    new Map(rows.flatMap(({ output }, i) => {
      const wanted = set.truth(i) as string | null
      const text = output && !Array.isArray(output) && 'text' in output ? output['text'] : null
      return wanted === null || typeof text !== 'string' ? [] : [[set.ids[i] ?? 0, bleuStatistics(text, wanted)] as const]
    })),
  run: async function* (request) {
    const { train, test } = await readSplits(request, (s) => s.label?.kind === 'text', readText)
    const pairs = train.map((one): Pair => ({ source: one.value, target: targetOf(one) }))
    for await (const { model: { name, title, note, fit }, seconds } of ready(MODELS, request)) {
      const translator = fit(pairs)
      const found = test.map((one) => {
        request.signal?.throwIfAborted()
        return translator.translate(one.value)
      })
      const statistics = test.map((one, i) => {
        const [text, wanted] = [found[i] ?? '', targetOf(one)]
        return { bleu: bleuStatistics(text, wanted), chrf: chrfStatistics(text, wanted), exact: text === wanted.trim() ? 1 : 0 }
      })
      const width = statistics[0]?.bleu.length ?? 0
      const { metrics, intervals } = measureSums(
        statistics.map((s) => [...s.bleu, ...s.chrf, s.exact, 1]),
        { bleu: (s) => bleu(s.subarray(0, width)), chrf: (s) => chrf(s.subarray(width, -2)), exact: (s) => (s.at(-2) ?? 0) / (s.at(-1) ?? 1) },
        request.seed,
      )
      yield { name, title, note, metrics, intervals, seconds: seconds(), values: new Map(test.map(({ sample }, i) => [sample.id, statistics[i]?.bleu ?? []])), exportable: null }
    }
  },
}
