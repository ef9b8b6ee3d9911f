// Tests of Attention.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { attention } from './attention.ts'

interface Sizes {
  readonly b: number
  readonly heads: number
  readonly keyHeads: number
  readonly queries: number
  readonly keys: number
  readonly d: number
}

/** q, k, v [b, heads, length, d] by the definition; `bias` is added to each score. */
function direct(q: readonly number[], k: readonly number[], v: readonly number[], { b, heads, keyHeads, queries, keys, d }: Sizes, bias: (n: number, h: number, i: number, j: number) => number, scale = 1 / Math.sqrt(d)): number[] {
  const out: number[] = []
  for (let n = 0; n < b; n++)
    for (let h = 0; h < heads; h++)
      for (let i = 0; i < queries; i++) {
        const shared = n * keyHeads + Math.floor(h / (heads / keyHeads))
        const weights = Array.from({ length: keys }, (_, j) => Math.exp(scale * Array.from({ length: d }, (_, c) => (q[((n * heads + h) * queries + i) * d + c] ?? NaN) * (k[(shared * keys + j) * d + c] ?? NaN)).reduce((s, t) => s + t, 0) + bias(n, h, i, j)))
        const total = weights.reduce((s, t) => s + t, 0)
        for (let c = 0; c < d; c++) out.push(weights.reduce((s, w, j) => s + (w / total) * (v[(shared * keys + j) * d + c] ?? NaN), 0))
      }
  return out
}
const none = (): number => 0

describe('Attention', () => {
  const sizes: Sizes = { b: 2, heads: 2, keyHeads: 2, queries: 3, keys: 4, d: 2 }
  const inputs = [{ shape: [2, 2, 3, 2] }, { shape: [2, 2, 4, 2] }, { shape: [2, 2, 4, 2] }]
  it('attends', () => checkOp({ build: (q, k, v) => attention(q, k, v), inputs, batch: [0, 1, 2], second: true, tolerance: 1e-4, reference: (q, k, v) => direct(q, k, v, sizes, none) }))
  it('scales otherwise', () => checkOp({ build: (q, k, v) => attention(q, k, v, { scale: 0.3 }), inputs, tolerance: 1e-5, reference: (q, k, v) => direct(q, k, v, sizes, none, 0.3) }))
  it('adds a mask, which has a gradient too', () => checkOp({ build: (q, k, v, m) => attention(q, k, v, { mask: m }), inputs: [...inputs, { shape: [3, 4] }], tolerance: 1e-5, reference: (q, k, v, m) => direct(q, k, v, sizes, (_n, _h, i, j) => m[4 * i + j] ?? NaN) }))
  it('hides keys', () => {
    const seen = [1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1]
    return checkOp({ build: (q, k, v, m) => attention(q, k, v, { mask: m }), inputs: [...inputs, { shape: [3, 4], dtype: 'bool', values: seen }], tolerance: 1e-5, reference: (q, k, v) => direct(q, k, v, sizes, (_n, _h, i, j) => (seen[4 * i + j] === 1 ? 0 : -Infinity)) })
  })
  it('does not look ahead', () => checkOp({ build: (q, k, v) => attention(q, k, v, { causal: true }), inputs: [0, 1, 2].map(() => ({ shape: [1, 2, 3, 2] })), tolerance: 1e-5, reference: (q, k, v) => direct(q, k, v, { ...sizes, b: 1, keys: 3 }, (_n, _h, i, j) => (j <= i ? 0 : -Infinity)) }))
  it('shares heads of keys and values', () => checkOp({ build: (q, k, v) => attention(q, k, v), inputs: [{ shape: [2, 4, 3, 2] }, { shape: [2, 2, 4, 2] }, { shape: [2, 2, 4, 2] }], batch: [0, 1, 2], tolerance: 1e-5, reference: (q, k, v) => direct(q, k, v, { ...sizes, heads: 4 }, none) }))
  it('takes heads side by side', () => checkOp({ build: (q, k, v) => attention(q, k, v, { heads: 1 }), inputs: [{ shape: [2, 3, 2] }, { shape: [2, 4, 2] }, { shape: [2, 4, 2] }], batch: [0, 1, 2], tolerance: 1e-5, reference: (q, k, v) => direct(q, k, v, { ...sizes, heads: 1, keyHeads: 1 }, none) }))
  it('takes several heads side by side', () => checkOp({ build: (q, k, v) => attention(q, k, v, { heads: 2 }), inputs: [{ shape: [2, 3, 4] }, { shape: [2, 4, 4] }, { shape: [2, 4, 4] }], batch: [0, 1, 2], tolerance: 1e-5 }))
  it('names what does not fit', () => {
    const g = new Graph('t')
    const [q, k] = [g.input('q', 'float32', ['N', 2, 3, 4]), g.input('k', 'float32', ['N', 2, 3, 5])]
    expect(() => attention(q, k, k)).toThrow('Attention: queries [N, 2, 3, 4], keys [N, 2, 3, 5] and values [N, 2, 3, 5]')
    const flat = g.input('flat', 'float32', ['N', 3, 5])
    expect(() => attention(flat, flat, flat, { heads: 2 })).toThrow('Attention: 5 features do not divide into 2 heads')
  })
})
