// Naive Bayes: each column speaks for itself, by a normal distribution (measurements) or by shares (counts).
import { LatheError } from '../../contract/errors.ts'
import { at, standardise, standardOf, type Matrix } from '../matrix.ts'
import type { Target } from '../fitted.ts'
import type { ShallowDef } from '../model.ts'

function needClasses(target: Target): Extract<Target, { kind: 'classes' }> {
  if (target.kind !== 'classes') throw new LatheError('internal', 'naive Bayes: needs classes')
  return target
}

/** Log of the share of each class; a class without rows gets half a row. */
function logPriors({ labels, classes }: Extract<Target, { kind: 'classes' }>): Float32Array {
  const counts = new Float64Array(classes)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  return Float32Array.from(counts, (n) => Math.log(Math.max(n, 0.5) / labels.length))
}

/** Mean and variance of each standardised column in each class; a little is added to each variance, as scikit-learn's `var_smoothing` does. */
export const gaussianNaiveBayes: ShallowDef = {
  title: 'Naive Bayes (normal)',
  description: 'A normal distribution for each column and class, columns taken as independent',
  targets: ['classes'],
  settings: [{ smoothing: 1e-3 }, { smoothing: 1e-2 }, { smoothing: 0.1 }],
  fit: (x, given, { smoothing = 1e-3 }) => {
    const target = needClasses(given)
    const standard = standardOf(x)
    const z = standardise(x, standard)
    const { classes, labels } = target
    const k = z.columns
    const counts = new Float64Array(classes)
    const mean = new Float64Array(classes * k)
    const variance = new Float64Array(classes * k)
    for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
    const each = (visit: (cell: number, value: number, n: number) => void): void => {
      for (let i = 0; i < z.rows; i++) for (let j = 0; j < k; j++) visit((labels[i] ?? 0) * k + j, at(z, i, j), counts[labels[i] ?? 0] ?? 1)
    }
    each((cell, v, n) => (mean[cell] = (mean[cell] ?? 0) + v / n))
    each((cell, v, n) => (variance[cell] = (variance[cell] ?? 0) + (v - (mean[cell] ?? 0)) ** 2 / n))
    // The total variance of a standardised column is 1; a column that is constant within a class must not decide alone.
    for (let cell = 0; cell < variance.length; cell++) variance[cell] = (counts[Math.floor(cell / k)] ?? 0) > 0 ? (variance[cell] ?? 0) + smoothing : 1
    return { kind: 'gaussian', columns: k, standard, mean: Float32Array.from(mean), variance: Float32Array.from(variance), logPrior: logPriors(target) }
  },
}

/** log P(word | class) with Laplace smoothing, which is a linear score. Manning, Raghavan and Schütze, "Introduction to information retrieval", 2008, section 13.2. */
export const multinomialNaiveBayes: ShallowDef = {
  title: 'Naive Bayes (words)',
  description: 'How often each word occurs in each class, words taken as independent',
  targets: ['classes'],
  counts: true,
  settings: [{ alpha: 1 }, { alpha: 0.1 }],
  fit: (x, given, { alpha = 1 }) => {
    const target = needClasses(given)
    const sums = classSums(x, target)
    const k = x.columns
    const weights = new Float32Array(target.classes * k)
    for (let c = 0; c < target.classes; c++) {
      let total = alpha * k
      for (let j = 0; j < k; j++) total += sums[c * k + j] ?? 0
      for (let j = 0; j < k; j++) weights[c * k + j] = Math.log(((sums[c * k + j] ?? 0) + alpha) / total)
    }
    return { kind: 'linear', link: 'softmax', standard: null, columns: k, weights, bias: logPriors(target) }
  },
}

function classSums(x: Matrix, { labels, classes }: Extract<Target, { kind: 'classes' }>): Float64Array {
  const sums = new Float64Array(classes * x.columns)
  for (let i = 0; i < x.rows; i++) {
    for (let j = 0; j < x.columns; j++) {
      const cell = (labels[i] ?? 0) * x.columns + j
      sums[cell] = (sums[cell] ?? 0) + at(x, i, j)
    }
  }
  return sums
}
