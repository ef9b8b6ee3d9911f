// Solving A x = b for a symmetric positive definite A by Cholesky's decomposition.

/** `a`: row-major [n, n], of which the lower half is read; it is overwritten. `b` becomes the solution. */
export function solve(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j] ?? 0
      for (let k = 0; k < j; k++) sum -= (a[i * n + k] ?? 0) * (a[j * n + k] ?? 0)
      // A pivot lost to rounding: its column hangs on others, and its weight becomes 0.
      if (i === j) a[j * n + j] = sum > 0 ? Math.sqrt(sum) : Infinity
      else a[i * n + j] = sum / (a[j * n + j] ?? 1)
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = b[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (a[i * n + k] ?? 0) * (b[k] ?? 0)
    b[i] = sum / (a[i * n + i] ?? 1)
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] ?? 0
    for (let k = i + 1; k < n; k++) sum -= (a[k * n + i] ?? 0) * (b[k] ?? 0)
    b[i] = sum / (a[i * n + i] ?? 1)
  }
  return b
}
