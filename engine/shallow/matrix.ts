// Matrix: samples as rows of numbers, what shallow models take; and its standardisation.

/** Row-major float32: an exported file compares and multiplies the same numbers. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly data: Float32Array
}

export function matrix(rows: readonly ArrayLike<number>[], columns = rows[0]?.length ?? 0): Matrix {
  const data = new Float32Array(rows.length * columns)
  rows.forEach((row, i) => {
    data.set(row, i * columns)
  })
  return { rows: rows.length, columns, data }
}

export const at = ({ data, columns }: Matrix, row: number, column: number): number => data[row * columns + column] ?? 0

/** The rows of `indices`, in that order, repeats allowed. */
export function takeRows(x: Matrix, indices: ArrayLike<number>): Matrix {
  const data = new Float32Array(indices.length * x.columns)
  for (let i = 0; i < indices.length; i++) {
    const from = (indices[i] ?? 0) * x.columns
    data.set(x.data.subarray(from, from + x.columns), i * x.columns)
  }
  return { rows: indices.length, columns: x.columns, data }
}

/** (x − mean) · inverse of each column. */
export interface Standard {
  readonly mean: Float32Array
  /** 1 / standard deviation; 0 for a constant column, which then says nothing. */
  readonly inverse: Float32Array
}

export function standardOf(x: Matrix): Standard {
  const mean = new Float64Array(x.columns)
  const square = new Float64Array(x.columns)
  for (let i = 0; i < x.rows; i++) for (let j = 0; j < x.columns; j++) mean[j] = (mean[j] ?? 0) + at(x, i, j) / x.rows
  for (let i = 0; i < x.rows; i++) for (let j = 0; j < x.columns; j++) square[j] = (square[j] ?? 0) + (at(x, i, j) - (mean[j] ?? 0)) ** 2 / x.rows
  // What rounding leaves of a constant column is no spread.
  const inverse = square.map((v, j) => (v > 1e-12 * (mean[j] ?? 0) ** 2 && v > 1e-30 ? 1 / Math.sqrt(v) : 0))
  return { mean: Float32Array.from(mean), inverse: Float32Array.from(inverse) }
}

export function standardise(x: Matrix, { mean, inverse }: Standard): Matrix {
  const data = new Float32Array(x.data.length)
  for (let i = 0; i < x.rows; i++) for (let j = 0; j < x.columns; j++) data[i * x.columns + j] = Math.fround(at(x, i, j) - (mean[j] ?? 0)) * (inverse[j] ?? 0)
  return { rows: x.rows, columns: x.columns, data }
}
