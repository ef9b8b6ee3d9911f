// The graph's side of tagging: loss and tags, with a CRF where the network has one, step by step where it has none.
import { LatheError } from '../../contract/errors.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import { gradients } from '../../autodiff/gradients.ts'
import type { Value } from '../../graph/graph.ts'
import { argMax, cast, div, equal, gatherElements, greater, logSoftmax, max, mul, neg, reduceMax, reduceSum, slice, softmax, squeeze, sub, transpose, unsqueeze, where, concat } from '../../ops/build.ts'
import { focalOptions, focalTerms } from '../../losses/focal.ts'
import { chosenLoss, withoutOptions, type TaskLosses } from '../support/chosen-loss.ts'
import { need } from '../support/one-class.ts'
import { preprocessTokens } from '../text/graph.ts'
import type { LossRequest, PredictRequest, TaskLoss, Values } from '../task.ts'
import { bestPath, logPartition, pathScore, zero, type Crf } from './crf.ts'

export const TAGGING_LOSSES: TaskLosses = ['softmax-cross-entropy', 'focal']

/** Null where the network has no transitions. */
function crfOf(outputs: Values, mask: Value): Crf | null {
  const { transitions, start, end } = outputs
  return transitions && start && end ? { emissions: need(outputs, 'emissions'), transitions, start, end, mask } : null
}

/** −ln p of each row's tags, or the focal loss summed over its steps, [N]. */
function rowLosses(outputs: Values, mask: Value, tags: Value, config: TrainConfig): Value {
  const crf = crfOf(outputs, mask)
  const name = chosenLoss(config, TAGGING_LOSSES)
  if (name === 'focal' && crf) throw new LatheError('usage', `loss focal takes each tag by itself, and model ${config.model} learns whole sequences by a CRF: leave the loss out, or turn the CRF off with modelOptions.crf`)
  if (name !== 'focal') withoutOptions(config, name)
  if (crf) return sub(logPartition(crf), pathScore(crf, tags))
  const emissions = need(outputs, 'emissions')
  const of = (each: Value): Value => reduceSum(mul(squeeze(gatherElements(each, unsqueeze(tags, [2]), 2), [2]), mask), [1], false)
  if (name === 'focal') return of(transpose(focalTerms(transpose(emissions, [0, 2, 1]), focalOptions(config.lossOptions).gamma), [0, 2, 1]))
  return neg(of(logSoftmax(emissions, 2)))
}

function tagsOf(outputs: Values, mask: Value): Value {
  const crf = crfOf(outputs, mask)
  return crf ? bestPath(crf) : where(greater(mask, mask.graph.scalar(0.5)), argMax(need(outputs, 'emissions'), 2, false), zero(mask.graph))
}

const maskOf = (features: Values): Value => need(preprocessTokens(features), 'mask')

/** The objective is the mean over tokens; a row's own loss the mean over its tokens, so that long texts count as short ones. */
export function taggingLoss({ outputs, targets, features, rows, config }: LossRequest): TaskLoss {
  const tags = need(targets, 'gold')
  const { graph } = tags
  const mask = maskOf(features)
  const losses = graph.in('loss', () => mul(rowLosses(outputs, mask, tags, config), rows))
  const counts = reduceSum(mask, [1], false)
  const right = graph.in('metrics', () => reduceSum(mul(cast(equal(tagsOf(outputs, mask), tags), 'float32'), mask), [1], false))
  return {
    objective: div(reduceSum(losses), max(reduceSum(mul(counts, rows)), graph.scalar(1))),
    sum: reduceSum(div(losses, max(counts, graph.scalar(1)))),
    correct: reduceSum(mul(div(right, max(counts, graph.scalar(1))), rows)),
  }
}

/** `tags` int64 [N, T]; `confidence` float [N, T]: the marginal probability of each step's tag; with targets also `losses` [N]. */
export function predictTags({ outputs, targets, features, config }: PredictRequest): Values {
  const mask = maskOf(features)
  const tags = tagsOf(outputs, mask)
  const crf = crfOf(outputs, mask)
  // Of log Z the slope by an emission is how probable that tag is there, all paths together.
  const [slope] = crf ? gradients(reduceSum(logPartition(crf)), [crf.emissions]) : []
  const probable = slope ?? softmax(need(outputs, 'emissions'), 2)
  const confidence = mul(squeeze(gatherElements(probable, unsqueeze(tags, [2]), 2), [2]), mask)
  if (!targets) return { tags, confidence }
  return { tags, confidence, losses: div(rowLosses(outputs, mask, need(targets, 'gold'), config), max(reduceSum(mask, [1], false), mask.graph.scalar(1))) }
}

/** How strongly the text says that it holds each class: the largest emission over its tokens of the tag that begins it, against none; times `target` one-hot [1, classes]. */
export function explainedClass(outputs: Values, target: Value): Value {
  const emissions = need(outputs, 'emissions')
  const K = Number(emissions.shape[2])
  const none = slice(emissions, { starts: [0], ends: [1], axes: [2] })
  const begins = concat(Array.from({ length: (K - 1) / 2 }, (_, c) => slice(emissions, { starts: [1 + 2 * c], ends: [2 + 2 * c], axes: [2] })), 2)
  const strongest = reduceMax(sub(begins, none), [1], false)
  return reduceSum(mul(strongest, target), [1], false)
}
