// Baselines of text tagging: a dictionary of known spans, and a linear model of the words around; by F1 of whole spans.
import { spansOf, tagsOf, type Span } from '../../data/text/bio.ts'
import { readText } from '../../data/text/read.ts'
import { countSpans, spanScore } from '../../metrics/span-f1.ts'
import type { TagTruth } from '../../tasks/tagging/tag-set.ts'
import type { TaggedSpan } from '../../tasks/tagging/tagging-score.ts'
import { fitDictionary } from '../tagging/dictionary.ts'
import { fitPerceptron } from '../tagging/perceptron.ts'
import { placedWords, type PlacedWord, type Tagger, type TaggedText } from '../tagging/words.ts'
import { ratioOfValues, type BaselineDef, type BaselineRequest } from './baseline.ts'
import { readSplits, type ReadSample } from './read-splits.ts'
import { ready } from './ready.ts'

interface Setting {
  readonly note: string
  readonly fit: (texts: readonly TaggedText[], request: BaselineRequest) => Tagger
}
const MODELS: readonly { readonly name: string; readonly title: string; readonly settings: readonly Setting[] }[] = [
  { name: 'dictionary', title: 'Dictionary of known spans', settings: [{ note: 'the longest span that training knows', fit: fitDictionary }] },
  {
    name: 'perceptron',
    title: 'Averaged perceptron',
    settings: [5, 15].map((epochs) => ({
      note: `words, beginnings, ends and shapes of two neighbours on each side; ${epochs} epochs`,
      fit: (texts, { classes, seed, signal }) => fitPerceptron(texts, 1 + 2 * classes.length, { epochs, seed, ...(signal && { signal }) }),
    })),
  },
]

const spansIn = ({ sample: { label } }: ReadSample<unknown>): readonly Span<number>[] => (label?.kind === 'spans' ? label.spans : [])
const placesOf = (words: readonly PlacedWord[]): (readonly [number, number])[] => words.map(({ start, end }) => [start, end] as const)

/** Twice the right spans, and those said and there together: their ratio is F1. */
function halves(counts: readonly number[]): [number, number] {
  let [right, all] = [0, 0]
  counts.forEach((n, i) => {
    if (i % 3 === 0) right += 2 * n
    else all += n
  })
  return [right, all]
}

export const taggingBaseline: BaselineDef = {
  ranking: { metric: 'f1', lowerIsBetter: false, measure: ratioOfValues },
  valuesOf: ({ set, rows, classes }) => {
    const index = new Map(classes.map((name, i) => [name, i]))
    return new Map(rows.flatMap(({ output }, i) => {
      const { spans } = set.truth(i) as TagTruth
      if (!spans || !output || Array.isArray(output) || !('kind' in output)) return []
      const found = (output['spans'] as readonly TaggedSpan[]).map(({ start, end, class: name }) => ({ start, end, class: index.get(name) ?? 0 }))
      return [[set.ids[i] ?? 0, halves(countSpans(spans, found, classes.length))] as const]
    }))
  },
  run: async function* (request) {
    const { train, val, test } = await readSplits(request, (s) => s.label?.kind === 'spans', readText)
    const texts = train.map((one): TaggedText => {
      const words = placedWords(one.value)
      return { words, tags: tagsOf(spansIn(one), placesOf(words)) }
    })
    const K = request.classes.length
    const counted = (tagger: Tagger, samples: typeof test): number[][] =>
      samples.map((one) => {
        const words = placedWords(one.value)
        return countSpans(spansIn(one), spansOf(tagger.tags(words), placesOf(words)), K)
      })
    for await (const { model: { name, title, settings }, seconds } of ready(MODELS, request)) {
      const tried = settings.map(({ note, fit }) => {
        const tagger = fit(texts, request)
        return { note, tagger, quality: settings.length === 1 || val.length === 0 ? 0 : ratioOfValues(counted(tagger, val).map(halves)) }
      })
      const { tagger, note } = tried.reduce((a, b) => (b.quality > a.quality ? b : a))
      const counts = counted(tagger, test)
      const { metrics, intervals } = spanScore(counts, K, request.seed)
      yield { name, title, note, metrics, intervals, seconds: seconds(), values: new Map(test.map(({ sample }, i) => [sample.id, halves(counts[i] ?? [])])), exportable: null }
    }
  },
}
