// How well texts were tagged: CoNLL's F1 of spans, and the share of tokens that are right.
import { LatheError } from '../../contract/errors.ts'
import type { Outputs } from '../../contract/commands.ts'
import { tagsOf } from '../../data/text/bio.ts'
import type { TensorData } from '../../data/types.ts'
import { measureSums } from '../../metrics/bootstrap-sums.ts'
import { countSpans, spanScore } from '../../metrics/span-f1.ts'
import type { Score, ScoredRow, ScoreRequest } from '../task.ts'
import { spansOfRow, type TagTruth } from './tag-set.ts'
import type { Offset } from '../../tokenize/offsets.ts'

export const TAGGING_METRICS = ['f1', 'precision', 'recall', 'token_accuracy', 'loss'] as const

export interface TaggedSpan {
  readonly start: number
  readonly end: number
  readonly class: string
  readonly text: string
  /** Of its least certain token. */
  readonly probability: number
}

/** Spans with names; `tags` and `confidence` of one row, the class token's in front. */
export function namedSpans(text: string, places: readonly Offset[], tags: ArrayLike<number | bigint>, confidence: ArrayLike<number>, classes: readonly string[]): TaggedSpan[] {
  return spansOfRow(tags, places).map(({ start, end, class: c, from, to }) => ({
    start,
    end,
    class: classes[c] ?? '',
    text: text.slice(start, end),
    probability: Math.min(...Array.from({ length: to - from }, (_, i) => confidence[1 + from + i] ?? 0)),
  }))
}

const slice = (data: TensorData | undefined, row: number, length: number): number[] => Array.from(data?.subarray(row * length, (row + 1) * length) ?? [], Number)

/** @throws LatheError `data` where no row is labelled. */
export function scoreTags({ set, outputs, classes, seed }: ScoreRequest): Score {
  const length = outputs['tags']?.shape[0] ?? 0
  const counted: number[][] = []
  const tokens: [right: number, all: number, loss: number][] = []
  const rows = Array.from({ length: set.count }, (_, row): ScoredRow => {
    const { text, places, spans } = set.truth(row) as TagTruth
    const tags = slice(outputs['tags']?.data, row, length)
    const confidence = slice(outputs['confidence']?.data, row, length)
    const output: Outputs = { kind: 'spans', spans: namedSpans(text, places, tags, confidence, classes) }
    const least = Math.min(1, ...confidence.slice(1, places.length + 1))
    if (!spans) return { predicted: null, probability: least, probabilities: null, loss: null, correct: null, output }
    const counts = countSpans(spans, spansOfRow(tags, places), classes.length)
    counted.push(counts)
    const truth = tagsOf(spans, places)
    const loss = Number(outputs['losses']?.data[row] ?? NaN)
    tokens.push([truth.filter((tag, t) => tag === tags[t + 1]).length, truth.length, loss])
    const correct = classes.every((_, c) => counts[3 * c] === counts[3 * c + 1] && counts[3 * c] === counts[3 * c + 2])
    return { predicted: null, probability: least, probabilities: null, loss: Number.isFinite(loss) ? loss : null, correct, output }
  })
  if (counted.length === 0) throw new LatheError('data', `none of the ${set.count} samples is labelled: label some of this split to measure on it`)
  const spans = spanScore(counted, classes.length, seed)
  const others = measureSums(tokens.map(([right, all, loss]) => [right, all, loss, 1]), { token_accuracy: ([right = 0, all = 0]) => (all > 0 ? right / all : 0), loss: ([, , loss = 0, n = 1]) => loss / n }, seed)
  return { samples: counted.length, metrics: { ...spans.metrics, ...others.metrics }, intervals: { ...spans.intervals, ...others.intervals }, classes: spans.classes, confusion: [], rows }
}
