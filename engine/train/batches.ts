// Batches: the order of an epoch, and the filling of a step's buffers with gathered, augmented rows.
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import type { DataSet, TensorData } from '../data/types.ts'
import { fillKeepMasks, type MaskSpec } from './keep-masks.ts'

/** What a batch is written into; TrainStep has these. */
export interface BatchBuffers {
  readonly batch: number
  readonly buffers: Readonly<Record<string, TensorData>>
  readonly rows: Float32Array
  readonly masks: Uint8Array
}

/** Pure functions of seed, epoch and step: nothing to save, nothing to restore. Rows without a label are left out. */
export class Batches {
  readonly perEpoch: number
  readonly batch: number
  /** Labelled rows. */
  readonly count: number
  readonly #set: DataSet
  readonly #config: TrainConfig
  readonly #labelled: Int32Array
  #epoch = -1
  #order: Int32Array

  constructor(set: DataSet, config: TrainConfig, batch: number) {
    this.#set = set
    this.batch = batch
    this.#config = config
    this.#labelled = Int32Array.from({ length: set.count }, (_, i) => i).filter((i) => (set.labels[i] ?? -1) >= 0)
    this.count = this.#labelled.length
    this.perEpoch = Math.ceil(this.count / batch)
    this.#order = this.#labelled
  }

  /** Writes batch `index` of `epoch` and returns its real rows; the rest is padding with weight 0. */
  fill(target: BatchBuffers, epoch: number, index: number): number {
    if (epoch !== this.#epoch) {
      this.#order = new Random(this.#config.seed, 'shuffle', epoch).shuffle(this.#labelled.slice())
      this.#epoch = epoch
    }
    const { batch, buffers, rows } = target
    const indices = this.#order.subarray(index * batch, (index + 1) * batch)
    const n = indices.length
    const { augment, seed } = this.#config
    this.#set.fill(indices, buffers, augment ? (row) => new Random(seed, 'augment', epoch * this.#set.count + row) : null)
    rows.fill(1, 0, n)
    if (n < batch) {
      for (const buffer of Object.values(buffers)) zero(buffer, n * (buffer.length / batch))
      rows.fill(0, n)
    }
    return n
  }

  /** Dropout masks of step `step` of the run. */
  fillMasks(target: BatchBuffers, masks: readonly MaskSpec[], step: number): void {
    if (masks.length > 0) fillKeepMasks(target.masks, masks, new Random(this.#config.seed, 'dropout', step))
  }
}

function zero(buffer: TensorData, from: number): void {
  if (buffer instanceof BigInt64Array) buffer.fill(0n, from)
  else buffer.fill(0, from)
}
