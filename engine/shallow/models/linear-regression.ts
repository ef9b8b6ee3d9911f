// Ridge regression: the weighted sum with the least squared error under a penalty on the weights' squares, in closed form.
import { LatheError } from '../../contract/errors.ts'
import { solve } from '../cholesky.ts'
import { at, standardise, standardOf } from '../matrix.ts'
import type { ShallowDef } from '../model.ts'

/** Hoerl and Kennard, "Ridge regression", Technometrics 12, 1970: (ZᵀZ + αI) w = Zᵀ(y − ȳ) for standardised Z. */
export const linearRegression: ShallowDef = {
  title: 'Linear regression',
  description: 'One weighted sum of the columns, with ridge penalty',
  targets: ['numbers'],
  settings: [{ alpha: 1 }, { alpha: 0.01 }, { alpha: 10 }],
  fit: (x, target, { alpha = 1 }, { signal }) => {
    if (target.kind !== 'numbers') throw new LatheError('internal', 'linear regression: needs numbers')
    const standard = standardOf(x)
    const z = standardise(x, standard)
    const k = z.columns
    const mean = target.values.reduce((sum, v) => sum + v, 0) / target.values.length
    const a = new Float64Array(k * k)
    const b = new Float64Array(k)
    for (let i = 0; i < z.rows; i++) {
      if (i % 256 === 0) signal?.throwIfAborted()
      const r = (target.values[i] ?? 0) - mean
      for (let j = 0; j < k; j++) {
        const v = at(z, i, j)
        b[j] = (b[j] ?? 0) + v * r
        for (let l = 0; l <= j; l++) a[j * k + l] = (a[j * k + l] ?? 0) + v * at(z, i, l)
      }
    }
    for (let j = 0; j < k; j++) a[j * k + j] = (a[j * k + j] ?? 0) + alpha
    return { kind: 'linear', link: 'identity', standard, columns: k, weights: Float32Array.from(solve(a, b)), bias: Float32Array.of(mean) }
  },
}
