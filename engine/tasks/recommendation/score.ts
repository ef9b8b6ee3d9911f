// Scores of recommendation: stars by RMSE, rankings by NDCG@10 and hit rate@10 among all unseen items.
import { inputOf } from '../../contract/inputs/of.ts'
import type { Outputs } from '../../contract/commands.ts'
import { LatheError } from '../../contract/errors.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { TensorData } from '../../data/types.ts'
import { ndcgOf, rankScore } from '../../metrics/ranking.ts'
import { numberScore } from '../../metrics/regression.ts'
import { floatsOf } from '../support/one-class.ts'
import type { RawOutputs, Score, ScoreRequest } from '../task.ts'
import { SHOWN } from './graph.ts'
import { ratingTruth } from './rating-set.ts'

export function scoreRecommendation({ set, outputs, config, seed }: ScoreRequest): Score {
  const { rating: stars } = inputOf('rating', config)
  const truths = Array.from({ length: set.count }, (_, i) => ratingTruth(set, i))
  if (truths.length === 0) throw new LatheError('data', 'there is no rating in this split to measure on')
  const ranks = floatsOf(outputs, 'rank')
  const ranking = rankScore(truths.map((t) => t.user), ranks, seed)
  const rated = truths.some((t) => Number.isFinite(t.rating))
  const predicted = stars ? floatsOf(outputs, 'rating') : new Float32Array()
  const numbers = stars && rated ? numberScore(truths.map((t) => t.rating), predicted, seed) : null
  const only = <T>(values: Readonly<Record<string, T>> | undefined, names: readonly string[]): Record<string, T> => Object.fromEntries(Object.entries(values ?? {}).filter(([name]) => names.includes(name)))
  // A model that was trained on stars alone ranks nothing, and the other way round.
  const ranked = config.loss !== 'mse'
  return {
    samples: set.count,
    metrics: { ...(ranked && ranking.metrics), ...only(numbers?.metrics, ['rmse', 'mae']) },
    intervals: { ...(ranked && ranking.intervals), ...only(numbers?.intervals, ['rmse', 'mae']) },
    classes: [],
    confusion: [],
    rows: truths.map((truth, i) => ({ predicted: null, probability: null, probabilities: null, loss: 1 - ndcgOf(ranks[i] ?? Infinity), correct: ranked ? (ranks[i] ?? Infinity) <= SHOWN : null, output: { ...decodeRating(rowOf(outputs, i), config), rank: ranks[i] ?? null, actual: Number.isFinite(truth.rating) ? truth.rating : null } })),
  }
}

function rowOf(outputs: RawOutputs, row: number): Record<string, TensorData> {
  return Object.fromEntries(Object.entries(outputs).map(([name, { shape, data }]) => {
    const size = shape.reduce((a, b) => a * b, 1)
    return [name, data.slice(row * size, (row + 1) * size)]
  }))
}

/** `{kind: 'rating', rating, top: [{item, score}]}`: expected stars of the row's item, and the best items for its user. */
export function decodeRating(row: Readonly<Record<string, TensorData>>, config: TrainConfig): Extract<Outputs, { kind: string }> {
  const { items } = inputOf('rating', config)
  const { rating, top, top_scores: scores } = row
  return {
    kind: 'rating',
    rating: rating instanceof Float32Array ? (rating[0] ?? null) : null,
    top: Array.from({ length: top?.length ?? 0 }, (_, i) => ({ item: items[Number(top?.[i] ?? 0)] ?? '', score: Number(scores?.[i] ?? 0) })),
  }
}
