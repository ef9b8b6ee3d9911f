// One class a picture where pictures are mixed: the target becomes the share of each class.
import { LatheError } from '../../contract/errors.ts'
import { imageAugmentation, type TrainConfig } from '../../contract/recipe.ts'
import type { DataSet, TensorSpec } from '../../data/types.ts'
import { loss as lossOf } from '../../losses/index.ts'
import { argMax, cast, equal, mul, reduceSum } from '../../ops/build.ts'
import { need } from '../support/one-class.ts'
import type { LoadRequest, LossRequest, TaskLoss } from '../task.ts'
import { pictureSet } from './picture-set.ts'

const LOSS = 'softmax-cross-entropy'

/** Whether the recipe makes one picture of several. */
export function mixes(config: TrainConfig): boolean {
  const augment = imageAugmentation(config.augment)
  return augment !== null && [augment.mixup, augment.cutmix, augment.mosaic].some((share) => (share ?? 0) > 0)
}

/** Throws LatheError `usage` for a loss that takes no shares. */
export function shareTargets(config: TrainConfig, classes: number): Record<string, TensorSpec> {
  if (config.loss !== null && config.loss !== LOSS) throw new LatheError('usage', `loss '${config.loss}' takes one class a picture, but mixup, cutmix or mosaic give shares of several: use ${LOSS}, or turn them off`)
  return { labels: { dtype: 'float32', shape: [classes] } }
}

export async function mixedSet(request: LoadRequest): Promise<DataSet> {
  const { samples, classes, config, purpose } = request
  const set = await pictureSet(request, {
    augment: purpose === 'train' ? imageAugmentation(config.augment) : null,
    labelled: (row) => (samples[row]?.class ?? -1) >= 0,
    annotate: (row) => ({ mask: null, boxes: [], classes: Float32Array.from(classes, (_, c) => (c === samples[row]?.class ? 1 : 0)) }),
    targets: shareTargets(config, classes.length),
    write: (picture, out, i) => { (out['labels'] as Float32Array | undefined)?.set(picture.classes ?? [], i * classes.length) },
    truth: () => null,
  })
  return { ...set, labels: Int32Array.from(samples, (sample) => sample.class) }
}

/** What counts as right is the class with the largest share. */
export function shareLoss({ outputs, targets, rows, config, classWeights }: LossRequest): TaskLoss {
  const [logits, shares] = [need(outputs, 'logits'), need(targets, 'labels')]
  const { objective, sum } = lossOf(LOSS).build({ prediction: logits, target: shares, weights: rows }, { labelSmoothing: config.labelSmoothing, classWeights })
  return { objective, sum, correct: reduceSum(mul(cast(equal(argMax(logits, 1, false), argMax(shares, 1, false)), 'float32'), rows)) }
}
