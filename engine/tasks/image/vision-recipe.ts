// What the default recipes of detection and segmentation share: the size of the input and the passes over the data.
import { LatheError } from '../../contract/errors.ts'
import { trainDefaults, type Augmentation, type TrainConfig } from '../../contract/recipe.ts'
import { model as modelDef } from '../../models/index.ts'
import type { TrainingData } from '../task.ts'
import { pixelStatistics } from './statistics.ts'

export interface VisionRecipe {
  readonly task: string
  readonly model: string
  /** The longer side is brought between these. */
  readonly sides: readonly [number, number]
  /** Both sides are multiples of it. */
  readonly step: number
  /** Pictures seen in all. */
  readonly pictures: number
  readonly lr: number
  /** What is varied more than moves, sizes and light. */
  readonly augment?: Partial<Augmentation>
}

/** Samples whose pixels are looked at. */
const DECODED = 100

/** Throws LatheError `usage` for a model that does not serve the task. */
export async function visionRecipe(data: TrainingData, { task, model, sides: [least, most], step, pictures, lr, augment }: VisionRecipe): Promise<TrainConfig> {
  if (!modelDef(model).tasks.includes(task)) throw new LatheError('usage', `model '${model}' does not serve ${task}`)
  const [height, width] = [data.height || least, data.width || least]
  const longer = Math.max(height, width)
  const factor = longer < least ? least / longer : longer > most ? most / longer : 1
  const side = (size: number): number => Math.max(step, Math.round((size * factor) / step) * step)
  return {
    task,
    model,
    modelOptions: {},
    input: { kind: 'image', height: side(height), width: side(width), channels: data.channels, ...(await pixelStatistics(await data.read(DECODED), data.channels)) },
    // About the same number of updates for sets of any size, within reason.
    epochs: Math.max(6, Math.min(60, Math.round(pictures / Math.max(1, data.samples)))),
    // Every picture holds many places to learn from: small batches give more updates for the same work.
    batch: 8,
    optimizer: 'adamw',
    lr,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    weightDecay: 0.02,
    labelSmoothing: 0,
    dropout: 0,
    initializer: 'he-normal',
    seed: 1,
    // Moves, sizes and light keep any class; flips and large turns do not (letters, signs, arrows): they are off.
    augment: { shift: 0.1, rotate: 0, scale: 0.15, shear: 0, flipHorizontal: false, flipVertical: false, brightness: 0.2, contrast: 0.2, ...augment },
    earlyStopping: null,
    ...trainDefaults,
    clipNorm: 10,
    // Batches are small and the rate is high: the mean over many updates forgives both.
    averaging: { kind: 'ema', decay: 0.998 },
  }
}
