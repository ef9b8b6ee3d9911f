// TrainConfig: everything that decides a run, validated at the door and frozen with the run.
import { z } from 'zod'
import { otherAugmentation } from './augment/index.ts'
import { ensembleSetting, MOST_MEMBERS } from './ensemble.ts'
import { modelInput } from './inputs/index.ts'

export type { ImageInput } from './inputs/image.ts'
export type { ModelInput } from './inputs/index.ts'

/** Most lengths that a run pads batches to. */
export const MOST_BUCKETS = 4

/** Task ids of the command line; the registry in engine/tasks says which exist. */
export const taskId = z.string().regex(/^[a-z]+(-[a-z]+)*$/)
export const split = z.enum(['train', 'val', 'test'])
export type Split = z.infer<typeof split>

export const augmentation = z.object({
  /** Largest shift as a share of the side. */
  shift: z.number().min(0).max(0.5),
  /** Largest rotation in degrees. */
  rotate: z.number().min(0).max(180),
  /** Largest relative change of size: 0.1 means 0.9 to 1.1. */
  scale: z.number().min(0).max(0.9),
  /** Largest shear in degrees. */
  shear: z.number().min(0).max(60),
  flipHorizontal: z.boolean(),
  flipVertical: z.boolean(),
  /** All that follow are off where left out. Largest share of each side that is cut away; what is left fills the picture. */
  crop: z.number().min(0).max(0.9).optional(),
  /** Largest relative changes of colour, and of hue in degrees. */
  brightness: z.number().min(0).max(0.9).optional(),
  contrast: z.number().min(0).max(0.9).optional(),
  saturation: z.number().min(0).max(1).optional(),
  hue: z.number().min(0).max(180).optional(),
  /** Largest deviation of the blur, in pixels. */
  blur: z.number().min(0).max(10).optional(),
  /** Largest deviation of the noise, as a share of white. */
  noise: z.number().min(0).max(0.5).optional(),
  /** Largest side of a square that is painted over, as a share of the shorter side. */
  cutout: z.number().min(0).max(0.9).optional(),
  /** Pictures laid over one another by shares from Beta(mixup, mixup). */
  mixup: z.number().min(0).max(1).optional(),
  /** Share of the pictures that get a rectangle of another one. */
  cutmix: z.number().min(0).max(1).optional(),
  /** Share of the pictures that are put together of four. */
  mosaic: z.number().min(0).max(1).optional(),
})
export type Augmentation = z.infer<typeof augmentation>

export const earlyStopping = z.object({
  /** Metric watched, e.g. `val/loss` or `val/accuracy`. */
  monitor: z.string(),
  /** Epochs without improvement before stopping. */
  patience: z.int().min(1),
  minDelta: z.number().min(0),
})

/** Mean of the weights over steps, which is what is validated, saved as the weights of a checkpoint and exported. */
export const averaging = z.discriminatedUnion('kind', [
  /** Exponential moving average: each step keeps `decay` of it. */
  z.object({ kind: z.literal('ema'), decay: z.number().min(0).lt(1) }),
  /** Stochastic weight averaging: the plain mean of the weights at the end of each epoch from this share of the epochs on. */
  z.object({ kind: z.literal('swa'), from: z.number().min(0).lt(1) }),
])

export const unfreezing = z
  .array(z.int().min(1).max(100_000))
  .min(1)
  .max(100)
  .refine((epochs) => epochs.every((epoch, i) => i === 0 || epoch > (epochs[i - 1] ?? 0)), 'expected epochs in rising order, such as [1,2,3]')

export const trainConfig = z.object({
  task: taskId,
  /** Name in engine/models. */
  model: z.string(),
  /** Template options such as widths; checked by the template. */
  modelOptions: z.record(z.string(), z.unknown()),
  input: modelInput,
  epochs: z.int().min(1).max(100_000),
  batch: z.int().min(1).max(4096),
  /** Name in engine/optimizers. */
  optimizer: z.string(),
  /** Name in engine/losses; null takes the task's. */
  loss: z.string().nullable().default(null),
  /** Options of the loss; checked by it. */
  lossOptions: z.record(z.string(), z.unknown()).default({}),
  lr: z.number().positive(),
  /** Name in engine/schedules. */
  schedule: z.string(),
  momentum: z.number().min(0).max(0.9999),
  weightDecay: z.number().min(0),
  labelSmoothing: z.number().min(0).max(0.9),
  dropout: z.number().min(0).max(0.95),
  /** Name in engine/initializers. */
  initializer: z.string(),
  seed: z.int().min(0).max(2 ** 32 - 1),
  augment: z.union([otherAugmentation, augmentation]).nullable(),
  earlyStopping: earlyStopping.nullable(),
  /** Options of the schedule; checked by it. */
  scheduleOptions: z.record(z.string(), z.unknown()).default({}),
  /** Epochs of linear warm-up before the schedule begins; parts of one too. */
  warmup: z.number().min(0).max(100_000).default(0),
  /** Batches whose gradients make one update: a batch larger than memory allows. */
  accumulate: z.int().min(1).max(1024).default(1),
  /** Longest gradient: longer ones are scaled down. */
  clipNorm: z.number().positive().nullable().default(null),
  /** Largest entry of the gradient either way. */
  clipValue: z.number().positive().nullable().default(null),
  /** Penalty on the absolute value of weights. */
  l1: z.number().min(0).default(0),
  /** Longest vector of weights that go into one unit. */
  maxNorm: z.number().positive().nullable().default(null),
  averaging: averaging.nullable().default(null),
  /** Regular expression: parameters whose name it finds stand still. */
  freeze: z.string().max(1000).nullable().default(null),
  /** Epochs after which frozen layers thaw, in as many equal parts, those next to the head first; null never. */
  unfreeze: unfreezing.nullable().default(null),
  /** Least probability of suggestions that are trained on as if they were labels; null for none. They are frozen with the run when it begins. */
  pseudo: z.number().min(0).max(1).nullable().default(null),
  /** Stretches of the network of which only one at a time keeps what its gradients need; the others are computed again. 1 keeps everything. Changes memory and time, no weight. */
  checkpoints: z.int().min(1).max(256).default(1),
  /** Lengths that batches of sequences are padded to, at most: short ones need not wait for long ones, for a program more each. 1 pads all to the full length. */
  buckets: z.int().min(1).max(MOST_BUCKETS).default(1),
  /** Weight of each class in the loss, in class order; `balanced` makes all classes count the same. */
  classWeights: z.union([z.literal('balanced'), z.array(z.number().min(0)).min(2)]).nullable().default(null),
  /** Several networks that answer as one; null trains one. */
  ensemble: ensembleSetting.nullable().default(null),
  /** Weights to keep on the way, at the ends of that many equal stretches of the epochs; 0 keeps none. */
  snapshots: z.int().min(0).max(MOST_MEMBERS).default(0),
})
export type TrainConfig = z.infer<typeof trainConfig>

/** The augmentation of pictures; null where it is off, or of another kind of sample. */
export function imageAugmentation(augment: TrainConfig['augment']): Augmentation | null {
  return augment && !('kind' in augment) ? augment : null
}

/** What fields with a default are where nothing is said. */
export const trainDefaults = { loss: null, lossOptions: {}, scheduleOptions: {}, warmup: 0, accumulate: 1, clipNorm: null, clipValue: null, l1: 0, maxNorm: null, averaging: null, checkpoints: 1, buckets: 1, freeze: null, unfreeze: null, pseudo: null, classWeights: null, ensemble: null, snapshots: 0 } satisfies Partial<TrainConfig>
