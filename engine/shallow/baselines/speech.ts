// Baseline of speech to text: templates of words, matched by dynamic time warping; by word error rate.
import { LatheError } from '../../contract/errors.ts'
import { editDistance, errorRates, wordsOf } from '../../metrics/speech/edits.ts'
import { framesOf } from '../speech/frames.ts'
import { recognise } from '../speech/templates.ts'
import { trainTemplates } from '../speech/train-templates.ts'
import { ratioOfValues, type BaselineDef } from './baseline.ts'
import { readSplits, type ReadSample } from './read-splits.ts'
import { ready } from './ready.ts'

/** Words that there are templates for, the most frequent, and templates of all of them together: more take too long to match. */
const VOCABULARY = 200
const TEMPLATES = 300
/** Cost of a word, in distances of frames; chosen on the validation split. */
const PENALTIES = [0, 10, 25, 50]
/** Recordings of validation that choose it. */
const CHOOSING = 40

const textOf = ({ sample: { label } }: ReadSample<unknown>): string => (label?.kind === 'text' ? label.text : '')
/** Edits and words: their ratio is the word error rate. */
const edits = (said: string, heard: string): [number, number] => [editDistance(wordsOf(said), wordsOf(heard)), wordsOf(said).length]

export const speechBaseline: BaselineDef = {
  ranking: { metric: 'wer', lowerIsBetter: true, measure: ratioOfValues },
  valuesOf: ({ set, rows }) =>
    new Map(rows.flatMap(({ output }, i) => {
      const said = set.truth(i)
      const heard = output && !Array.isArray(output) && 'text' in output ? output['text'] : null
      return typeof said !== 'string' || typeof heard !== 'string' ? [] : [[set.ids[i] ?? 0, edits(said, heard)] as const]
    })),
  run: async function* (request) {
    const { train, val, test } = await readSplits(request, (s) => s.label?.kind === 'text' && s.label.text.trim() !== '', framesOf)
    for await (const { seconds } of ready([{ name: 'templates', title: 'Word templates' }], request)) {
      const vocabulary = frequentWords(train.map(textOf))
      const index = new Map(vocabulary.map((word, i) => [word, i]))
      const known = train.map((one) => ({ frames: one.value, words: wordsOf(textOf(one)).map((word) => index.get(word) ?? -1) })).filter(({ words }) => !words.includes(-1))
      if (known.length === 0) throw new LatheError('data', 'no recording of the train split has only frequent words: templates of words cannot be made')
      const templates = trainTemplates(known, Math.max(1, Math.floor(TEMPLATES / vocabulary.length)), request.signal ? { signal: request.signal } : {})
      const hear = async (samples: typeof test, penalty: number): Promise<{ said: string; heard: string }[]> => {
        const out: { said: string; heard: string }[] = []
        for (const one of samples) {
          request.signal?.throwIfAborted()
          out.push({ said: textOf(one), heard: recognise(one.value, templates, penalty).map((word) => vocabulary[word] ?? '').join(' ') })
          request.onProgress?.({ done: out.length, total: samples.length, stage: 'matching templates' })
          await new Promise((resolve) => setImmediate(resolve))
        }
        return out
      }
      const chosen = val.slice(0, CHOOSING)
      let best = { penalty: PENALTIES[1] ?? 0, wer: Infinity }
      for (const penalty of chosen.length === 0 ? [] : PENALTIES) {
        const wer = ratioOfValues((await hear(chosen, penalty)).map(({ said, heard }) => edits(said, heard)))
        if (wer < best.wer) best = { penalty, wer }
      }
      const pairs = await hear(test, best.penalty)
      const { metrics, intervals } = errorRates(pairs, request.seed)
      yield {
        name: 'templates',
        title: 'Word templates, warped in time',
        note: `MFCC of 20 ms; ${templates.length - 1} templates of ${vocabulary.length} words by segmental k-means; penalty ${best.penalty} a word`,
        metrics,
        intervals,
        seconds: seconds(),
        values: new Map(test.map(({ sample }, i) => [sample.id, edits(pairs[i]?.said ?? '', pairs[i]?.heard ?? '')])),
        exportable: null,
      }
    }
  },
}

function frequentWords(texts: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const text of texts) for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, VOCABULARY).map(([word]) => word)
}
