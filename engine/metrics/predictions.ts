// Predictions of a classifier on many samples, in the form that metrics take.

export interface Predictions {
  readonly classes: number
  readonly count: number
  /** Sample ids as in the project. */
  readonly ids: Int32Array
  /** Class index; -1 where not labelled. */
  readonly labels: Int32Array
  /** Index of the most probable class; the first of equals. */
  readonly predicted: Int32Array
  /** Row-major [count, classes]. */
  readonly probabilities: Float32Array
  /** −log probability of the label; NaN where not labelled. */
  readonly losses: Float32Array
}

/** Index of the largest of `classes` values from `at`; the first of equals. */
export function argMaxOf(values: Float32Array, at: number, classes: number): number {
  let best = 0
  for (let c = 1; c < classes; c++) if ((values[at + c] ?? 0) > (values[at + best] ?? 0)) best = c
  return best
}
