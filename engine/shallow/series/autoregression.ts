// Linear autoregression of several steps: each a weighted sum of the window, told from its last value.
import { solve } from '../cholesky.ts'
import type { LinearFit } from '../fitted.ts'
import { at, standardise, standardOf, type Matrix } from '../matrix.ts'

/**
 * Ridge regression of yₕ − last on every column minus its last value, one for each step ahead (the direct strategy: Ben Taieb et al., 2012),
 * folded into one linear map of the window: a series may grow for ever.
 * @param x windows [rows, steps · columns], oldest first. @param y the horizon of each window; windows with a gap at its end are left out.
 */
export function fitAutoregression(x: Matrix, y: readonly ArrayLike<number>[], columns: number, alpha: number, signal?: AbortSignal): LinearFit {
  const rows = Array.from({ length: x.rows }, (_, i) => i).filter((i) => Array.from(y[i] ?? []).every((v) => Number.isFinite(v)))
  const [k, horizon] = [x.columns, y[0]?.length ?? 0]
  const last = k - columns
  const data = new Float32Array(rows.length * k)
  rows.forEach((row, i) => { for (let j = 0; j < k; j++) data[i * k + j] = at(x, row, j) - at(x, row, last + (j % columns)) })
  const moved: Matrix = { rows: rows.length, columns: k, data }
  const standard = standardOf(moved)
  const z = standardise(moved, standard)
  const a = new Float64Array(k * k)
  for (let i = 0; i < z.rows; i++) {
    if (i % 256 === 0) signal?.throwIfAborted()
    for (let j = 0; j < k; j++) for (let l = 0; l <= j; l++) a[j * k + l] = (a[j * k + l] ?? 0) + at(z, i, j) * at(z, i, l)
  }
  for (let j = 0; j < k; j++) a[j * k + j] = (a[j * k + j] ?? 0) + alpha
  const [weights, bias] = [new Float32Array(horizon * k), new Float32Array(horizon)]
  for (let h = 0; h < horizon; h++) {
    const wanted = rows.map((row) => (y[row]?.[h] ?? 0) - at(x, row, last))
    const mean = wanted.reduce((sum, v) => sum + v, 0) / Math.max(1, wanted.length)
    const b = new Float64Array(k)
    wanted.forEach((v, i) => { for (let j = 0; j < k; j++) b[j] = (b[j] ?? 0) + at(z, i, j) * (v - mean) })
    const w = solve(a.slice(), b).map((v, j) => v * (standard.inverse[j] ?? 0))
    let offset = mean
    for (let j = 0; j < k; j++) {
      const own = w[j] ?? 0
      offset -= own * (standard.mean[j] ?? 0)
      weights[h * k + j] = (weights[h * k + j] ?? 0) + own
      weights[h * k + last + (j % columns)] = (weights[h * k + last + (j % columns)] ?? 0) - own
    }
    weights[h * k + last] = (weights[h * k + last] ?? 0) + 1
    bias[h] = offset
  }
  return { kind: 'linear', link: 'identity', standard: null, columns: k, weights, bias }
}
