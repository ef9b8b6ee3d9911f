// Recommendation as graph nodes: the loss of rankings and of stars, ranks among unseen items, the ten best.
import { inputOf } from '../../contract/inputs/of.ts'
import { LatheError } from '../../contract/errors.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { Value } from '../../graph/graph.ts'
import { loss as lossOf } from '../../losses/index.ts'
import { add, cast, clip, concat, div, gatherElements, greaterOrEqual, max, mul, reduceSum, reshape, sub, topK, unsqueeze } from '../../ops/build.ts'
import { chosenLoss, withoutOptions, type TaskLosses } from '../support/chosen-loss.ts'
import { need } from '../support/one-class.ts'
import type { LossRequest, PredictRequest, TaskLoss, Values } from '../task.ts'

export const RANKING_LOSSES: TaskLosses = ['softmax-cross-entropy', 'bpr', 'mse']
export const SHOWN = 10
/** Below any score: what a user has seen is out of the race. */
const OUT = -1e9

/** Item code [N] to its place in the scores, 0 for unknown ones too, and 1 where it is known. */
function place(item: Value): { readonly index: Value; readonly known: Value } {
  const whole = (n: bigint): Value => item.graph.constant(BigInt64Array.of(n), 'int64', [1])
  return { index: max(sub(item, whole(1n)), whole(0n)), known: cast(greaterOrEqual(item, whole(1n)), 'float32') }
}

const scoreAt = (scores: Value, index: Value): Value => reshape(gatherElements(scores, unsqueeze(index, [1]), 1), [-1])

/**
 * Stars by squared error in units of their deviation, plus the ranking: which item of all unseen ones the user takes (softmax over
 * items), or that it stands above one other (BPR); `mse` leaves the ranking out.
 */
export function recommendationLoss({ outputs, targets, features, rows, config }: LossRequest): TaskLoss {
  const name = chosenLoss(config, RANKING_LOSSES)
  if (name !== 'softmax-cross-entropy') withoutOptions(config, name)
  const { rating: stars } = inputOf('rating', config)
  const parts: { objective: Value; sum: Value }[] = []
  if (stars) {
    const rated = add(mul(rows, need(targets, 'rated')), 1e-9)
    parts.push(lossOf('mse').build({ prediction: need(outputs, 'rating'), target: mul(sub(need(targets, 'stars'), stars.mean), 1 / stars.std), weights: rated }))
  } else if (name === 'mse') throw new LatheError('usage', "loss 'mse' needs stars, and these data have none: use softmax-cross-entropy or bpr")
  const scores = need(outputs, 'scores')
  const { index, known } = place(need(features, 'item'))
  // Never all zero: a batch of unknown items alone would have no mean.
  const weights = add(mul(rows, known), 1e-9)
  const open = add(scores, mul(cast(need(targets, 'seen'), 'float32'), OUT))
  if (name === 'softmax-cross-entropy') parts.push(lossOf(name).build({ prediction: open, target: index, weights }, config.lossOptions))
  if (name === 'bpr') {
    const pair = concat([index, place(need(targets, 'other')).index].map((i) => unsqueeze(scoreAt(scores, i), [1])), 1)
    parts.push(lossOf(name).build({ prediction: pair, target: null, weights }))
  }
  const total = (of: (part: { objective: Value; sum: Value }) => Value): Value => parts.map(of).reduce((a, b) => add(a, b))
  const penalty = div(reduceSum(mul(rows, need(outputs, 'penalty'))), reduceSum(rows))
  return { objective: add(total((p) => p.objective), penalty), sum: total((p) => p.sum), correct: reduceSum(mul(rows, cast(greaterOrEqual(scores.graph.scalar(SHOWN), rankOf(scores, features, need(targets, 'seen'))), 'float32'))) }
}

/** Float [N]: 1 + how many unseen items score as high or higher; past the last place where the item is unknown. */
function rankOf(scores: Value, features: Values, seen: Value): Value {
  const { index, known } = place(need(features, 'item'))
  const above = mul(cast(greaterOrEqual(scores, unsqueeze(scoreAt(scores, index), [1])), 'float32'), sub(1, cast(seen, 'float32')))
  // The item itself is one of those that score as high.
  const rank = reduceSum(above, [1], false)
  return add(mul(known, rank), mul(sub(1, known), Number(scores.shape[1]) + 1))
}

/** `rating` [N] in stars; `answer` [N, 2], the item's score and stars, or [N, 1] without stars; `scores` [N, items] in a file; `top` int64 [N, 10] item places and `top_scores`; with targets, `rank` [N]. */
export function predictRecommendation({ outputs, features, targets, config }: PredictRequest): Values {
  const { rating: stars, items } = inputOf('rating', config)
  const scores = need(outputs, 'scores')
  const open = targets ? add(scores, mul(cast(need(targets, 'seen'), 'float32'), OUT)) : scores
  const [values, indices] = topK(open, Math.min(SHOWN, items.length))
  const rating = starsOf(need(outputs, 'rating'), config)
  const own = need(outputs, 'own')
  return {
    ...(stars && { rating }),
    answer: concat((stars ? [own, rating] : [own]).map((v) => unsqueeze(v, [1])), 1),
    top: indices,
    top_scores: values,
    ...(targets ? { rank: rankOf(scores, features, need(targets, 'seen')) } : { scores }),
  }
}

function starsOf(standard: Value, config: TrainConfig): Value {
  const { rating: stars } = inputOf('rating', config)
  if (!stars) return standard
  return clip(add(mul(standard, stars.std), stars.mean), stars.low, stars.high)
}
