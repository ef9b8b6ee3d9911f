// Fitted: a trained shallow model as plain data, so that it can be stored, compared and written as ONNX.
import type { Matrix, Standard } from './matrix.ts'
import type { Tree } from './trees/tree.ts'

/** How scores become outputs: as they are, class probabilities by softmax, two classes by the sigmoid of one score, or the sigmoid of each score on its own. */
export type Link = 'identity' | 'softmax' | 'sigmoid' | 'logistic'

/** What a model's outputs are: probabilities that add up to one, probabilities each on its own, or numbers. */
export type ShallowOutputs = 'classes' | 'labels' | 'numbers'

/** score[c] = Σ weights[c, j] · x[j] + bias[c]. */
export interface LinearFit {
  readonly kind: 'linear'
  readonly link: Link
  /** Null where the features are taken as they are. */
  readonly standard: Standard | null
  readonly columns: number
  /** Row-major [scores, columns]. */
  readonly weights: Float32Array
  readonly bias: Float32Array
}

/** score[c] = base[c] + Σ over trees of the value of the leaf that x falls into. */
export interface TreesFit {
  readonly kind: 'trees'
  readonly link: Link
  readonly columns: number
  readonly base: Float32Array
  readonly trees: readonly Tree[]
}

/** Mean over the `k` nearest training rows: of their classes, or of their numbers. */
export interface NeighboursFit {
  readonly kind: 'neighbours'
  readonly k: number
  readonly standard: Standard
  /** Standardised. */
  readonly x: Matrix
  /** Row-major [rows, outputs]: one-hot classes, or one number. */
  readonly y: Float32Array
  readonly outputs: number
}

/** score[c] = log prior[c] − ½ Σ ((x[j] − mean[c, j])² / variance[c, j] + log 2π variance[c, j]), then softmax. */
export interface GaussianFit {
  readonly kind: 'gaussian'
  readonly columns: number
  /** Features are standardised first, which changes no probability and keeps float32 exact enough. */
  readonly standard: Standard
  readonly mean: Float32Array
  readonly variance: Float32Array
  readonly logPrior: Float32Array
}

export type Fitted = LinearFit | TreesFit | NeighboursFit | GaussianFit

/** What a model learns from: class indices, or numbers. */
export type Target = { readonly kind: 'classes'; readonly labels: Int32Array; readonly classes: number } | { readonly kind: 'numbers'; readonly values: Float64Array }

/** Outputs of a row: probabilities of each class, or one number. */
export const outputsOf = (target: Target): number => (target.kind === 'classes' ? target.classes : 1)
