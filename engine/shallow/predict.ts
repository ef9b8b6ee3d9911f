// Outputs of a fitted shallow model for many rows.
import { assertNever } from '../contract/errors.ts'
import type { Fitted, GaussianFit, LinearFit, Link, NeighboursFit, TreesFit } from './fitted.ts'
import { at, standardise, type Matrix } from './matrix.ts'
import { leafOf } from './trees/tree.ts'

/** Row-major [rows, classes] probabilities, or [rows, 1] numbers. */
export function predictShallow(fitted: Fitted, x: Matrix): Float32Array {
  switch (fitted.kind) {
    case 'linear':
      return linked(linear(fitted, x), x.rows, fitted.link)
    case 'trees':
      return linked(trees(fitted, x), x.rows, fitted.link)
    case 'neighbours':
      return neighbours(fitted, x)
    case 'gaussian':
      return linked(gaussian(fitted, x), x.rows, 'softmax')
    default:
      return assertNever(fitted, 'shallow model')
  }
}

function linear({ weights, bias, standard, columns }: LinearFit, x: Matrix): Float64Array {
  const z = standard ? standardise(x, standard) : x
  const out = new Float64Array(x.rows * bias.length)
  for (let i = 0; i < x.rows; i++) {
    for (let c = 0; c < bias.length; c++) {
      let sum = bias[c] ?? 0
      for (let j = 0; j < columns; j++) sum += (weights[c * columns + j] ?? 0) * (z.data[i * columns + j] ?? 0)
      out[i * bias.length + c] = sum
    }
  }
  return out
}

function trees({ base, trees }: TreesFit, x: Matrix): Float64Array {
  const n = base.length
  const out = new Float64Array(x.rows * n)
  for (let i = 0; i < x.rows; i++) {
    out.set(base, i * n)
    for (const tree of trees) {
      const leaf = leafOf(tree, x, i)
      for (let c = 0; c < n; c++) out[i * n + c] = (out[i * n + c] ?? 0) + (tree.value[leaf * n + c] ?? 0)
    }
  }
  return out
}

function gaussian({ columns, standard, mean, variance, logPrior }: GaussianFit, x: Matrix): Float64Array {
  const z = standardise(x, standard)
  const classes = logPrior.length
  const out = new Float64Array(x.rows * classes)
  for (let i = 0; i < x.rows; i++) {
    for (let c = 0; c < classes; c++) {
      let sum = logPrior[c] ?? 0
      for (let j = 0; j < columns; j++) {
        const v = variance[c * columns + j] ?? 1
        sum -= ((at(z, i, j) - (mean[c * columns + j] ?? 0)) ** 2 / v + Math.log(2 * Math.PI * v)) / 2
      }
      out[i * classes + c] = sum
    }
  }
  return out
}

/** Of equally distant rows the first counts. */
function neighbours({ k, standard, x: known, y, outputs }: NeighboursFit, x: Matrix): Float32Array {
  const z = standardise(x, standard)
  const out = new Float32Array(x.rows * outputs)
  const near = new Float64Array(k)
  const who = new Int32Array(k)
  for (let i = 0; i < x.rows; i++) {
    near.fill(Infinity)
    for (let r = 0; r < known.rows; r++) {
      let distance = 0
      const worst = near[k - 1] ?? Infinity
      for (let j = 0; j < x.columns; j++) {
        distance += (at(z, i, j) - at(known, r, j)) ** 2
        if (distance >= worst) break
      }
      if (distance >= worst) continue
      let slot = k - 1
      for (; slot > 0 && (near[slot - 1] ?? 0) > distance; slot--) {
        near[slot] = near[slot - 1] ?? 0
        who[slot] = who[slot - 1] ?? 0
      }
      near[slot] = distance
      who[slot] = r
    }
    for (const r of who) for (let o = 0; o < outputs; o++) out[i * outputs + o] = (out[i * outputs + o] ?? 0) + (y[r * outputs + o] ?? 0) / k
  }
  return out
}

function linked(scores: Float64Array, rows: number, link: Link): Float32Array {
  if (link === 'identity') return Float32Array.from(scores)
  if (link === 'logistic') return Float32Array.from(scores, (s) => 1 / (1 + Math.exp(-s)))
  if (link === 'sigmoid') {
    const out = new Float32Array(rows * 2)
    for (let i = 0; i < rows; i++) {
      const p = 1 / (1 + Math.exp(-(scores[i] ?? 0)))
      out[2 * i] = 1 - p
      out[2 * i + 1] = p
    }
    return out
  }
  const n = scores.length / rows
  const out = new Float32Array(scores.length)
  for (let i = 0; i < rows; i++) {
    let most = -Infinity
    for (let c = 0; c < n; c++) most = Math.max(most, scores[i * n + c] ?? 0)
    let sum = 0
    for (let c = 0; c < n; c++) sum += Math.exp((scores[i * n + c] ?? 0) - most)
    for (let c = 0; c < n; c++) out[i * n + c] = Math.exp((scores[i * n + c] ?? 0) - most) / sum
  }
  return out
}
