// Means of windows along one axis, by a product with a constant matrix.
import type { Value } from '../../graph/graph.ts'
import { matmul, transpose } from '../../ops/build.ts'

/** `x` with the axis replaced by one mean a window. */
export function meansAlong(x: Value, axis: number, windows: readonly (readonly [from: number, to: number])[]): Value {
  const n = Number(x.shape[axis])
  const weights = new Float32Array(n * windows.length)
  windows.forEach(([from, to], j) => {
    for (let i = from; i < to; i++) weights[i * windows.length + j] = 1 / (to - from)
  })
  const matrix = x.graph.constant(weights, 'float32', [n, windows.length])
  const last = x.shape.length - 1
  if (axis === last) return matmul(x, matrix)
  const order = x.shape.map((_, i) => (i === axis ? last : i === last ? axis : i))
  return transpose(matmul(transpose(x, order), matrix), order)
}
