// DataSet: encoded samples in memory, the form in which training, evaluation and explanation take data of any task.
import type { NumberedLabel } from '../contract/label.ts'
import type { Split } from '../contract/recipe.ts'
import type { Random } from './random.ts'

export type TensorData = Uint8Array | Int32Array | BigInt64Array | Float32Array

/** One tensor of one row, without the batch. */
export interface TensorSpec {
  readonly dtype: 'uint8' | 'int32' | 'int64' | 'float32'
  readonly shape: readonly number[]
}

/** Rows are what a batch is made of: mostly samples, but a long series gives many windows. */
export interface DataSet {
  readonly count: number
  /** Sample of each row, as in the project; several rows may share one. */
  readonly ids: Int32Array
  /** Class index of each row; 0 where the label is no class; −1 where there is none. */
  readonly labels: Int32Array
  /** Features and targets by the name of the graph's input. */
  readonly tensors: Readonly<Record<string, TensorSpec>>
  /** Steps of each row that are no padding, where rows are sequences that can be padded to fewer steps than `tensors` says. */
  readonly lengths?: Int32Array
  /**
   * Writes the tensors of `rows`, one after another, into `out`: those of `tensors` that `out` has. Rows of which `random` is given
   * are augmented with it; the same numbers give the same result. `steps`: of sets with `lengths`, what rows are padded to instead of
   * the full length; none of them may be longer.
   */
  fill(rows: ArrayLike<number>, out: Readonly<Record<string, TensorData>>, random: ((row: number) => Random) | null, steps?: number): void
  /** What scoring compares a row with where that is no class: boxes, text, spans, a number. */
  truth(row: number): unknown
}

/** A sample as a data set is made of it. */
export interface LoadSample {
  readonly id: number
  /** Class index; −1 without one. */
  readonly class: number
  /** Of class indices; null where the label is a class, or there is none. */
  readonly label: NumberedLabel | null
  readonly split?: Split | null
}

/** One decoded image: EXIF orientation applied, alpha over white, sRGB or grey, 8 bits. */
export interface Pixels {
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  /** HWC. */
  readonly data: Uint8Array
}

/** A typed array for `rows` rows of a tensor. */
export function allocate({ dtype, shape }: TensorSpec, rows: number): TensorData {
  const n = shape.reduce((a, b) => a * b, rows)
  return dtype === 'uint8' ? new Uint8Array(n) : dtype === 'int32' ? new Int32Array(n) : dtype === 'int64' ? new BigInt64Array(n) : new Float32Array(n)
}
