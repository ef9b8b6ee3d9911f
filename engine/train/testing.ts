// What tests of training share: a small set of drawn pictures, a small recipe, and a run with everything it told.
import { imageAugmentation, trainDefaults, type ImageInput, type TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import type { DataSet } from '../data/types.ts'
import { classifiedImages } from '../tasks/image/image-set.ts'
import { train } from './loop.ts'
import type { CheckpointInfo, LoopEvent, TrainOptions, TrainOutcome, TrainState } from './types.ts'

const SIDE = 8
export const CLASSES = ['lying', 'standing', 'square']

/** Noisy 8×8 pictures of a lying bar, a standing bar and a square, in turn. */
export function shapes(count: number, seed = 1): DataSet {
  const pixels = new Uint8Array(count * SIDE * SIDE)
  const labels = Int32Array.from({ length: count }, (_, i) => i % CLASSES.length)
  labels.forEach((label, i) => {
    const random = new Random(seed, 'sample', i)
    const [y, x] = [1 + random.int(3), 1 + random.int(3)]
    const [h, w] = label === 0 ? [2, 5] : label === 1 ? [5, 2] : [4, 4]
    for (let r = 0; r < SIDE; r++) {
      for (let c = 0; c < SIDE; c++) {
        const on = r >= y && r < y + h && c >= x && c < x + w
        pixels[(i * SIDE + r) * SIDE + c] = Math.min(255, (on ? 150 : 20) + random.int(90))
      }
    }
  })
  return imageSet(pixels, labels)
}

/** Augmented as `smallConfig` says. */
export function imageSet(pixels: Uint8Array, labels: Int32Array, side = SIDE): DataSet {
  return classifiedImages({ input: input(side), pixels, labels, ids: Int32Array.from(labels, (_, i) => i + 1), augment: imageAugmentation(smallConfig().augment) })
}

/** The pixels and labels that a step is fed. */
export const pixelsOf = ({ buffers }: { readonly buffers: Readonly<Record<string, unknown>> }): Uint8Array => buffers['pixels'] as Uint8Array
export const labelsOf = ({ buffers }: { readonly buffers: Readonly<Record<string, unknown>> }): BigInt64Array => buffers['labels'] as BigInt64Array

const input = (side: number): ImageInput => ({ kind: 'image', height: side, width: side, channels: 1, mean: [0.3], std: [0.3] })

/** Dropout, augmentation and a partial last batch (with 44 samples) are on. */
export function smallConfig(changes: Partial<TrainConfig> = {}): TrainConfig {
  return {
    task: 'image-classification',
    model: 'cnn',
    modelOptions: { filters: [4, 8], dense: 16 },
    input: input(SIDE),
    epochs: 4,
    batch: 8,
    optimizer: 'adam',
    lr: 0.01,
    schedule: 'cosine',
    momentum: 0.9,
    weightDecay: 0,
    labelSmoothing: 0.1,
    dropout: 0.25,
    initializer: 'he-normal',
    seed: 1,
    augment: { shift: 0.1, rotate: 10, scale: 0.1, shear: 5, flipHorizontal: false, flipVertical: false },
    earlyStopping: null,
    ...trainDefaults,
    ...changes,
  }
}

export interface Saved {
  readonly kind: 'last' | 'best'
  readonly state: TrainState
  readonly info: CheckpointInfo
}

export interface Recorded {
  readonly outcome: TrainOutcome | null
  readonly error: unknown
  readonly events: readonly LoopEvent[]
  readonly saved: readonly Saved[]
}

/** Runs to its end or its error and keeps all that it told and saved. States pass through JSON and copies, as in a project file. */
export async function record(config: TrainConfig, changes: Partial<TrainOptions> = {}): Promise<Recorded> {
  const events: LoopEvent[] = []
  const saved: Saved[] = []
  const options: TrainOptions = {
    config,
    classes: CLASSES,
    train: shapes(44),
    val: shapes(20, 2),
    resume: null,
    from: null,
    signals: { control: () => 'run' },
    emit: (event) => events.push(event),
    save: (kind, state, info) => {
      saved.push({ kind, state: throughStorage(state), info })
    },
    threads: 1,
    ...changes,
  }
  try {
    return { outcome: await train(options), error: null, events, saved }
  } catch (error) {
    return { outcome: null, error, events, saved }
  }
}

export function throughStorage(state: TrainState): TrainState {
  return {
    parameters: JSON.parse(JSON.stringify(state.parameters)) as TrainState['parameters'],
    weights: state.weights.slice(),
    optimizer: Object.fromEntries(Object.entries(state.optimizer).map(([name, v]) => [name, v.slice()])),
    position: JSON.parse(JSON.stringify(state.position)) as TrainState['position'],
  }
}

const TIMED = new Set(['train/throughput', 'train/seconds', 'train/wait'])

/** Values that must not depend on interruptions: all but times, `name@step` to value. Points inside epochs are told by the clock and left out. */
export function measured({ events }: Pick<Recorded, 'events'>): Record<string, number> {
  const points = events.flatMap((e) => (e.type === 'metrics' ? e.points : []))
  return Object.fromEntries(points.filter((p) => Number.isInteger(p.epoch) && !TIMED.has(p.name)).map((p) => [`${p.name}@${p.step}`, p.value]))
}

/** The outcome's metrics without times. */
export function untimed(metrics: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).filter(([name]) => !TIMED.has(name)))
}
