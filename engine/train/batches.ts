// Batches: the order of an epoch, which lengths its batches are padded to, and the filling of a step's buffers with gathered, augmented rows.
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import type { DataSet, TensorData } from '../data/types.ts'
import type { Length } from './lengths.ts'
import { fillKeepMasks, type MaskSpec } from './keep-masks.ts'

/** What a batch is written into; TrainStep has these. */
export interface BatchBuffers {
  readonly batch: number
  readonly buffers: Readonly<Record<string, TensorData>>
  readonly rows: Float32Array
  readonly masks: Uint8Array
}

/**
 * Pure functions of seed, epoch and step: nothing to save, nothing to restore. Rows without a label are left out.
 *
 * With lengths: the shuffled rows of each length fill batches, what is left over joins the next longer length, and the full batches are
 * shuffled in turn. So an epoch has as many batches as without, all but the last are full, and lengths come in no order.
 */
export class Batches {
  readonly perEpoch: number
  readonly batch: number
  /** Labelled rows. */
  readonly count: number
  readonly #set: DataSet
  readonly #config: TrainConfig
  readonly #labelled: Int32Array
  readonly #shorter: readonly number[]
  #epoch = -1
  #order: Int32Array
  /** Of each batch of the epoch. */
  #lengths: readonly Length[] = []

  /** `shorter`: lengths besides the full one, rising. */
  constructor(set: DataSet, config: TrainConfig, batch: number, shorter: readonly number[] = []) {
    this.#set = set
    this.batch = batch
    this.#config = config
    this.#labelled = Int32Array.from({ length: set.count }, (_, i) => i).filter((i) => (set.labels[i] ?? -1) >= 0)
    this.count = this.#labelled.length
    this.perEpoch = Math.ceil(this.count / batch)
    this.#order = this.#labelled
    this.#shorter = shorter
  }

  /** What batch `index` of `epoch` is padded to. */
  lengthOf(epoch: number, index: number): Length {
    this.#arrange(epoch)
    return this.#lengths[index] ?? null
  }

  /** Writes batch `index` of `epoch` and returns its real rows; the rest is padding with weight 0. */
  fill(target: BatchBuffers, epoch: number, index: number): number {
    this.#arrange(epoch)
    const { batch, buffers, rows } = target
    const indices = this.#order.subarray(index * batch, (index + 1) * batch)
    const n = indices.length
    const { augment, seed } = this.#config
    this.#set.fill(indices, buffers, augment ? (row) => new Random(seed, 'augment', epoch * this.#set.count + row) : null, this.#lengths[index] ?? undefined)
    rows.fill(1, 0, n)
    if (n < batch) {
      for (const buffer of Object.values(buffers)) zero(buffer, n * (buffer.length / batch))
      rows.fill(0, n)
    }
    return n
  }

  #arrange(epoch: number): void {
    if (epoch === this.#epoch) return
    this.#epoch = epoch
    const random = new Random(this.#config.seed, 'shuffle', epoch)
    this.#order = random.shuffle(this.#labelled.slice())
    if (this.#shorter.length > 0) this.#byLength(random)
  }

  #byLength(random: Random): void {
    const { lengths } = this.#set
    const full: { readonly length: Length; readonly rows: Int32Array }[] = []
    let left = new Int32Array()
    let from = -1
    for (const length of [...this.#shorter, null]) {
      const to = length ?? Infinity
      const own = this.#order.filter((row) => (lengths?.[row] ?? Infinity) > from && (lengths?.[row] ?? Infinity) <= to)
      const rows = new Int32Array(left.length + own.length)
      rows.set(left)
      rows.set(own, left.length)
      const end = rows.length - (rows.length % this.batch)
      for (let at = 0; at < end; at += this.batch) full.push({ length, rows: rows.subarray(at, at + this.batch) })
      left = rows.slice(end)
      from = to
    }
    random.shuffle(full)
    this.#lengths = full.map(({ length }) => length)
    this.#order = new Int32Array(this.count)
    full.forEach(({ rows }, i) => { this.#order.set(rows, i * this.batch) })
    this.#order.set(left, full.length * this.batch)
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
