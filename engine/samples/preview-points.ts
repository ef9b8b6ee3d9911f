// mostTelling(): the two columns of a table that tell its classes apart best, each by itself.

interface Column {
  readonly name: string
  readonly values: Float32Array
}

/** By the ratio of the variance between classes to that within (Fisher's F, without its constants). */
export function mostTelling(rows: readonly Readonly<Record<string, unknown>>[], labels: readonly number[]): readonly [Column, Column] {
  const numeric = Object.keys(rows[0] ?? {}).filter((name) => rows.every((row) => Number.isFinite(Number(row[name]))))
  const ranked = numeric.map((name) => ({ name, values: Float32Array.from(rows, (row) => Number(row[name])) })).map((column) => ({ column, ratio: separation(column.values, labels) })).sort((a, b) => b.ratio - a.ratio)
  const [x, y] = ranked.map(({ column }) => column)
  if (!x || !y) throw new RangeError(`expected at least two columns of numbers, found ${numeric.length}`)
  return [x, y]
}

function separation(values: Float32Array, labels: readonly number[]): number {
  const mean = average(values)
  let [between, within] = [0, 0]
  for (const label of new Set(labels)) {
    const own = values.filter((_, i) => labels[i] === label)
    const middle = average(own)
    between += own.length * (middle - mean) ** 2
    within += own.reduce((sum, v) => sum + (v - middle) ** 2, 0)
  }
  return between / Math.max(within, 1e-12)
}
const average = (values: Float32Array): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
