// Mean and deviation of a column.

export function momentsOf(values: ArrayLike<number>): { readonly mean: number; readonly deviation: number } {
  let [sum, squares] = [0, 0]
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0
  const mean = sum / values.length
  for (let i = 0; i < values.length; i++) squares += ((values[i] ?? 0) - mean) ** 2
  const deviation = Math.sqrt(squares / values.length)
  // What rounding leaves of a constant is no deviation.
  return { mean, deviation: deviation > 1e-9 * Math.abs(mean) ? deviation : 0 }
}
