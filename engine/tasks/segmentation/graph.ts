// Segmentation as graph nodes: loss of masks, and what a network's logits say of every pixel.
import type { TrainConfig } from '../../contract/recipe.ts'
import type { Value } from '../../graph/graph.ts'
import { apply } from '../../graph/op.ts'
import { focalOptions, focalTerms } from '../../losses/focal.ts'
import { add, argMax, cast, div, equal, exp, logSoftmax, mul, neg, reduceMax, reduceMean, reduceSum, reshape, slice, softmax, sub, unsqueeze } from '../../ops/build.ts'
import { Resize } from '../../ops/resize.ts'
import { must } from '../../ops/support/rule.ts'
import { chosenLoss, withoutOptions, type TaskLosses } from '../support/chosen-loss.ts'

export const SEGMENTATION_LOSSES: TaskLosses = ['cross-entropy and Dice', 'softmax-cross-entropy', 'dice', 'focal']

/** Added above and below in Dice, so that small regions do not swing it. */
const SMOOTH = 1

export interface SegmentationLoss {
  /** [N]: what the recipe trains with; means over pixels, of Dice over the classes that the mask shows. */
  readonly perRow: Value
  /** [N]: share of the pixels that are right. */
  readonly right: Value
}

/**
 * logits [N, 1 + K, h, w], mask uint8 [N, h, w]. Cross-entropy learns fast, Dice gives small classes their weight:
 * Milletari et al., "V-Net", 3DV 2016; the sum is that of Isensee et al., "nnU-Net", Nature Methods 2021, and the task's own. Classes that a picture does not
 * show are left out of its Dice: a trace of probability anywhere in it would cost them all of theirs, and a network that is not sure of a class would learn to say background.
 */
export function segmentationLoss(logits: Value, mask: Value, config: Pick<TrainConfig, 'task' | 'loss' | 'lossOptions'>): SegmentationLoss {
  const name = chosenLoss(config, SEGMENTATION_LOSSES)
  if (name !== 'focal') withoutOptions(config, name)
  const kinds = Number(logits.shape[1])
  const wanted = unsqueeze(cast(mask, 'int32'), [1])
  const hot = cast(equal(wanted, logits.graph.constant(Int32Array.from({ length: kinds }, (_, i) => i), 'int32', [1, kinds, 1, 1])), 'float32')
  const logs = logSoftmax(logits, 1)
  const entropy = (): Value => reduceMean(neg(reduceSum(mul(logs, hot), [1], false)), [1, 2], false)
  const dice = (): Value => {
    const p = exp(logs)
    const shared = add(mul(reduceSum(mul(p, hot), [2, 3], false), 2), SMOOTH)
    const shown = reduceMax(hot, [2, 3])
    return sub(1, div(reduceSum(mul(shown, div(shared, add(reduceSum(add(p, hot), [2, 3], false), SMOOTH))), [1], false), reduceSum(shown, [1], false)))
  }
  const focal = (): Value => reduceMean(reduceSum(mul(focalTerms(logits, focalOptions(config.lossOptions).gamma), hot), [1], false), [1, 2], false)
  const own = (): Value => add(entropy(), dice())
  const found = cast(argMax(logits, 1, false), 'int32')
  return { perRow: ({ 'softmax-cross-entropy': entropy, dice, focal }[name] ?? own)(), right: reduceMean(cast(equal(found, cast(mask, 'int32')), 'float32'), [1, 2], false) }
}

export interface Found {
  /** uint8 [N, h, w]: 0 for the background, else 1 + class. */
  readonly mask: Value
  /** [N, h, w]: probability of what the mask says. */
  readonly certainty: Value
  /** [N, 1 + K]: mean probability over the picture. */
  readonly shares: Value
}

export function found(logits: Value): Found {
  const p = softmax(logits, 1)
  return { mask: cast(argMax(logits, 1, false), 'uint8'), certainty: reduceMax(p, [1]), shares: reduceMean(p, [2, 3], false) }
}

/** uint8 [N, h, w] at the sizes that the first row of `size` [N, 2] names: each pixel that which its middle lies in. */
export function atSize(mask: Value, size: Value): Value {
  const sizes = reshape(cast(slice(size, { starts: [0], ends: [1], axes: [0] }), 'int64'), [2])
  const resized = must(apply(Resize, [cast(mask, 'float32'), null, null, sizes], { mode: 'nearest', coordinate_transformation_mode: 'half_pixel', nearest_mode: 'round_prefer_ceil', axes: [1, 2] }), 0)
  return cast(resized, 'uint8')
}

/** One-hot [N or 1, K] to [N]: the mean logit of the class over the pixels that are said to be of it, or over all where none is. */
export function meanLogit(logits: Value, target: Value): Value {
  const kinds = Number(logits.shape[1])
  const own = slice(logits, { starts: [1], ends: [kinds], axes: [1] })
  const chosen = reduceSum(mul(own, unsqueeze(target, [2, 3])), [1], false)
  const winners = argMax(logits, 1, false)
  const classes = logits.graph.constant(Float32Array.from({ length: kinds - 1 }, (_, i) => i + 1), 'float32', [1, kinds - 1])
  const index = unsqueeze(reduceSum(mul(target, classes), [1], false), [1, 2])
  // A pixel that is not of the class counts very little instead of nothing, so that a class that wins nowhere has a score too.
  const weight = add(cast(equal(cast(winners, 'float32'), index), 'float32'), 1e-3)
  return div(reduceSum(mul(chosen, weight), [1, 2], false), reduceSum(weight, [1, 2], false))
}
