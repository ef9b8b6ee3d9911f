// Detectors of what is unusual: how far a row lies from those that are normal.
import { solve } from '../cholesky.ts'
import { at, standardise, standardOf, type Matrix } from '../matrix.ts'

export interface DetectorDef {
  readonly name: string
  readonly title: string
  readonly settings: readonly Readonly<Record<string, number>>[]
  /** Learns from normal rows; gives a score for each row of another matrix, the larger the stranger. */
  readonly fit: (normal: Matrix, setting: Readonly<Record<string, number>>) => (x: Matrix) => Float32Array
}

/** Mean squared deviation of the features, each on its own. */
const deviation: DetectorDef = {
  name: 'deviation',
  title: 'Deviation of each feature',
  settings: [{}],
  fit: (normal) => {
    const standard = standardOf(normal)
    return (x) => {
      const z = standardise(x, standard)
      return Float32Array.from({ length: x.rows }, (_, i) => Array.from({ length: x.columns }, (__, j) => at(z, i, j) ** 2).reduce((a, b) => a + b, 0) / x.columns)
    }
  },
}

/** Hotelling, 1931: squared distance under the covariance of what is normal, with a share of the identity so that it can be inverted (Ledoit and Wolf, 2004). */
const covariance: DetectorDef = {
  name: 'covariance',
  title: 'Distance under the covariance',
  settings: [{ shrinkage: 0.1 }, { shrinkage: 0.01 }, { shrinkage: 0.5 }],
  fit: (normal, { shrinkage = 0.1 }) => {
    const standard = standardOf(normal)
    const z = standardise(normal, standard)
    const k = z.columns
    const a = new Float64Array(k * k)
    for (let i = 0; i < z.rows; i++) for (let j = 0; j < k; j++) for (let l = 0; l <= j; l++) a[j * k + l] = (a[j * k + l] ?? 0) + ((1 - shrinkage) * at(z, i, j) * at(z, i, l)) / z.rows
    for (let j = 0; j < k; j++) a[j * k + j] = (a[j * k + j] ?? 0) + shrinkage
    return (x) => {
      const own = standardise(x, standard)
      return Float32Array.from({ length: x.rows }, (_, i) => {
        const row = Float64Array.from({ length: k }, (__, j) => at(own, i, j))
        return solve(a.slice(), row.slice()).reduce((sum, v, j) => sum + v * (row[j] ?? 0), 0) / k
      })
    }
  },
}

/** Distance to the k-th nearest normal row: Ramaswamy, Rastogi and Shim, SIGMOD 2000. */
const neighbours: DetectorDef = {
  name: 'neighbours',
  title: 'Distance to normal neighbours',
  settings: [{ k: 5 }, { k: 1 }],
  fit: (normal, { k = 5 }) => {
    const standard = standardOf(normal)
    const known = standardise(normal, standard)
    return (x) => {
      const z = standardise(x, standard)
      return Float32Array.from({ length: x.rows }, (_, i) => {
        const all = Float64Array.from({ length: known.rows }, (__, r) => {
          let sum = 0
          for (let j = 0; j < x.columns; j++) sum += (at(z, i, j) - at(known, r, j)) ** 2
          return sum
        }).sort()
        return Math.sqrt(all[Math.min(k, all.length) - 1] ?? 0)
      })
    }
  },
}

export const detectors: readonly DetectorDef[] = [deviation, covariance, neighbours]
