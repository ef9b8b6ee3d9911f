// Foretelling the next token as graph nodes: what language models and translation share.
import type { TrainConfig } from '../../contract/recipe.ts'
import type { Value } from '../../graph/graph.ts'
import { loss as lossOf } from '../../losses/index.ts'
import { argMax, cast, div, equal, gatherElements, greater, greaterOrEqual, logSoftmax, max, mul, neg, reduceSum, reshape, unsqueeze, where } from '../../ops/build.ts'
import type { LossRequest, PredictRequest, TaskLoss, Values } from '../task.ts'
import { chosenLoss, type TaskLosses } from './chosen-loss.ts'
import { need } from './one-class.ts'

export const TOKEN_LOSSES: TaskLosses = ['softmax-cross-entropy', 'focal']

const zero = (like: Value): Value => like.graph.constant(BigInt64Array.of(0n), 'int64', [])

/** Of int64 `next` [N, T]: float 1 where there is a token to foretell. */
const counted = (next: Value): Value => cast(greaterOrEqual(next, zero(next)), 'float32')

/** −ln p of each token that counts, and 1 where it was the most probable; both [N, T], 0 elsewhere. */
function perToken(logits: Value, next: Value): { readonly losses: Value; readonly hits: Value; readonly counts: Value } {
  const counts = counted(next)
  const own = gatherElements(logSoftmax(logits, 2), unsqueeze(max(next, zero(next)), [2]), 2)
  return { losses: mul(neg(reshape(own, [-1, next.shape[1] ?? 1])), counts), hits: mul(cast(equal(argMax(logits, 2, false), next), 'float32'), counts), counts }
}

const meanOf = (values: Value, counts: Value): Value => div(reduceSum(values, [1], false), max(reduceSum(counts, [1], false), counts.graph.scalar(1)))

/** Loss over all tokens that count; a row's own is the mean cross-entropy over its tokens, whatever is trained with. `next` [N, T], negative for tokens that do not count. */
export function nextTokenLoss({ outputs, targets, rows, config }: LossRequest): TaskLoss {
  const [logits, next] = [need(outputs, 'logits'), need(targets, 'next')]
  const { graph } = logits
  const name = chosenLoss(config, TOKEN_LOSSES)
  // Rows that fill up the batch are all token 0.
  const real = where(greater(unsqueeze(rows, [1]), graph.scalar(0.5)), next, graph.constant(BigInt64Array.of(-1n), 'int64', []))
  const prediction = reshape(logits, [-1, logits.shape[2] ?? 1])
  const target = reshape(real, [-1])
  const options = { labelSmoothing: config.labelSmoothing, ...config.lossOptions }
  const { objective } = graph.in('loss', () =>
    name === 'focal' ? lossOf(name).build({ prediction, target: max(target, zero(target)), weights: counted(target) }, options) : lossOf(name).build({ prediction, target, weights: null }, { ignoreIndex: -1, ...options }))
  const { losses, hits, counts } = graph.in('metrics', () => perToken(logits, next))
  const summed = (values: Value): Value => graph.in('metrics', () => reduceSum(mul(meanOf(values, counts), rows)))
  return { objective, sum: summed(losses), correct: summed(hits) }
}

/** `log_probabilities` [N, V] of the token after each row's last; with targets also `losses` and `hits` [N, T]. */
export function predictNextToken({ outputs, targets }: PredictRequest): Values {
  const after = logSoftmax(need(outputs, 'after'), 1)
  if (!targets) return { log_probabilities: after }
  const { losses, hits } = perToken(need(outputs, 'logits'), need(targets, 'next'))
  return { log_probabilities: after, losses, hits }
}

/** The logit of one token after a row's last, [N]; `target` one-hot [1, V]. */
export function explainedToken(outputs: Values, target: Value, _config: TrainConfig): Value {
  return reduceSum(mul(need(outputs, 'after'), target), [1], false)
}
