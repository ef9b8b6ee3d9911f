// Batches: the order of an epoch, and the filling of a step's buffers with gathered, augmented pixels.
import type { TrainConfig } from '../contract/recipe.ts'
import { augment } from '../data/augment.ts'
import { Random } from '../data/random.ts'
import type { ImageSet } from '../data/types.ts'
import { fillKeepMasks, type MaskSpec } from './keep-masks.ts'

/** What a batch is written into; TrainStep has these. */
export interface BatchBuffers {
  readonly batch: number
  readonly pixels: Uint8Array
  readonly labels: BigInt64Array
  readonly rows: Float32Array
  readonly masks: Uint8Array
}

/** Pure functions of seed, epoch and step: nothing to save, nothing to restore. Unlabelled samples are left out. */
export class Batches {
  readonly perEpoch: number
  readonly batch: number
  /** Labelled samples. */
  readonly count: number
  readonly #set: ImageSet
  readonly #config: TrainConfig
  readonly #labelled: Int32Array
  readonly #raw: Uint8Array
  #epoch = -1
  #order: Int32Array

  constructor(set: ImageSet, config: TrainConfig, batch: number) {
    this.#set = set
    this.batch = batch
    this.#config = config
    this.#labelled = Int32Array.from({ length: set.count }, (_, i) => i).filter((i) => (set.labels[i] ?? -1) >= 0)
    this.count = this.#labelled.length
    this.perEpoch = Math.ceil(this.count / batch)
    this.#order = this.#labelled
    const { height, width, channels } = config.input
    this.#raw = new Uint8Array(config.augment ? batch * height * width * channels : 0)
  }

  /** Writes batch `index` of `epoch` and returns its real rows; the rest is padding with weight 0. */
  fill(buffers: BatchBuffers, epoch: number, index: number): number {
    if (epoch !== this.#epoch) {
      this.#order = new Random(this.#config.seed, 'shuffle', epoch).shuffle(this.#labelled.slice())
      this.#epoch = epoch
    }
    const { batch, pixels, labels, rows } = buffers
    const indices = this.#order.subarray(index * batch, (index + 1) * batch)
    const n = indices.length
    if (this.#config.augment) {
      this.#set.gather(indices, this.#raw)
      this.#augment(indices, pixels, epoch)
    } else this.#set.gather(indices, pixels)
    for (let i = 0; i < n; i++) labels[i] = BigInt(this.#set.labels[indices[i] ?? 0] ?? 0)
    rows.fill(1, 0, n)
    if (n < batch) {
      pixels.fill(0, n * (pixels.length / batch))
      labels.fill(0n, n)
      rows.fill(0, n)
    }
    return n
  }

  /** Dropout masks of step `step` of the run. */
  fillMasks(buffers: BatchBuffers, masks: readonly MaskSpec[], step: number): void {
    if (masks.length > 0) fillKeepMasks(buffers.masks, masks, new Random(this.#config.seed, 'dropout', step))
  }

  #augment(indices: Int32Array, pixels: Uint8Array, epoch: number): void {
    const { input, augment: how, seed } = this.#config
    if (!how) return
    const size = input.height * input.width * input.channels
    for (let i = 0; i < indices.length; i++) {
      const random = new Random(seed, 'augment', epoch * this.#set.count + (indices[i] ?? 0))
      augment(this.#raw, i * size, pixels, i * size, input, how, random)
    }
  }
}
