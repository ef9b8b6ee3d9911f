// Models of samples with any number of classes: each class is learned on its own, or by the most similar training rows.
import type { Fitted, LinearFit } from '../fitted.ts'
import { standardise, standardOf, type Matrix } from '../matrix.ts'
import { fitLogistic } from '../models/logistic-regression.ts'

export interface LabelsDef {
  readonly name: string
  readonly title: string
  readonly settings: readonly Readonly<Record<string, number>>[]
  /** @param y row-major [rows, classes], 1 where the class is there. */
  fit(x: Matrix, y: Uint8Array, classes: number, setting: Readonly<Record<string, number>>, signal?: AbortSignal): Fitted
}

/** Binary relevance: Tsoumakas and Katakis, "Multi-label classification: an overview", 2007. */
const logistic: LabelsDef = {
  name: 'logistic-regression',
  title: 'Logistic regression of each class',
  settings: [{ c: 0.01 }, { c: 0.1 }, { c: 1 }],
  fit: (x, y, classes, { c = 1 }, signal) => {
    const standard = standardOf(x)
    const z = standardise(x, standard)
    const weights = new Float32Array(classes * x.columns)
    const bias = new Float32Array(classes)
    for (let k = 0; k < classes; k++) {
      const one: LinearFit = fitLogistic(z, Int32Array.from({ length: x.rows }, (_, i) => y[i * classes + k] ?? 0), 2, c, standard, signal)
      weights.set(one.weights, k * x.columns)
      bias[k] = one.bias[0] ?? 0
    }
    return { kind: 'linear', link: 'logistic', standard, columns: x.columns, weights, bias }
  },
}

/** Zhang and Zhou, "ML-KNN", 2007, without its prior. */
const neighbours: LabelsDef = {
  name: 'nearest-neighbours',
  title: 'k nearest neighbours',
  settings: [{ k: 10 }, { k: 3 }, { k: 30 }],
  fit: (x, y, classes, { k = 10 }) => {
    const standard = standardOf(x)
    return { kind: 'neighbours', k: Math.min(k, x.rows), standard, x: standardise(x, standard), y: Float32Array.from(y), outputs: classes }
  },
}

/** How often each class is there, whatever the picture: what knowing nothing gives. */
const shares: LabelsDef = {
  name: 'class-shares',
  title: 'How often each class occurs',
  settings: [{}],
  fit: (x, y, classes) => {
    const bias = Float32Array.from({ length: classes }, (_, k) => {
      let there = 0
      for (let i = 0; i < x.rows; i++) there += y[i * classes + k] ?? 0
      // Laplace's rule: no class is impossible.
      return Math.log((there + 1) / (x.rows - there + 1))
    })
    return { kind: 'linear', link: 'logistic', standard: null, columns: x.columns, weights: new Float32Array(classes * x.columns), bias }
  },
}

export const labelModels: readonly LabelsDef[] = [logistic, neighbours, shares]
