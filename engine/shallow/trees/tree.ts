// Tree: a decision tree as arrays, and the leaf a row falls into.
import type { Matrix } from '../matrix.ts'

export interface Tree {
  /** Column that a node asks about; −1 in leaves. */
  readonly feature: Int32Array
  /** x ≤ threshold goes left. */
  readonly threshold: Float32Array
  readonly left: Int32Array
  readonly right: Int32Array
  /** Row-major [nodes, outputs]; only leaves count. */
  readonly value: Float32Array
  readonly outputs: number
}

/** Node index of the leaf for row `row`. */
export function leafOf(tree: Tree, x: Matrix, row: number): number {
  let node = 0
  const from = row * x.columns
  for (;;) {
    const feature = tree.feature[node] ?? -1
    if (feature < 0) return node
    node = (x.data[from + feature] ?? 0) <= (tree.threshold[node] ?? 0) ? (tree.left[node] ?? 0) : (tree.right[node] ?? 0)
  }
}

/** Collects nodes while a tree grows. */
export class TreeBuilder {
  readonly #feature: number[] = []
  readonly #threshold: number[] = []
  readonly #left: number[] = []
  readonly #right: number[] = []
  readonly #value: number[] = []
  readonly #outputs: number

  constructor(outputs: number) {
    this.#outputs = outputs
  }

  leaf(value: ArrayLike<number>): number {
    const node = this.#push(-1, 0)
    for (let o = 0; o < this.#outputs; o++) this.#value[node * this.#outputs + o] = value[o] ?? 0
    return node
  }

  split(feature: number, threshold: number): number {
    return this.#push(feature, threshold)
  }

  join(node: number, left: number, right: number): void {
    this.#left[node] = left
    this.#right[node] = right
  }

  done(): Tree {
    return { feature: Int32Array.from(this.#feature), threshold: Float32Array.from(this.#threshold), left: Int32Array.from(this.#left), right: Int32Array.from(this.#right), value: Float32Array.from(this.#value), outputs: this.#outputs }
  }

  #push(feature: number, threshold: number): number {
    this.#feature.push(feature)
    this.#threshold.push(threshold)
    this.#left.push(0)
    this.#right.push(0)
    for (let o = 0; o < this.#outputs; o++) this.#value.push(0)
    return this.#feature.length - 1
  }
}
