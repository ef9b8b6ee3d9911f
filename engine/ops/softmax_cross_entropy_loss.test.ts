// Tests of SoftmaxCrossEntropyLoss.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { softmaxCrossEntropyLoss } from './softmax_cross_entropy_loss.ts'

const at = (v: readonly number[], i: number): number => v[i] ?? NaN

/** Log softmax over the classes of [n, c, d]. */
function logp(x: readonly number[], c: number, d: number): number[] {
  return x.map((v, i) => {
    const start = Math.floor(i / (c * d)) * c * d + (i % d)
    const all = Array.from({ length: c }, (_, k) => at(x, start + k * d))
    const most = Math.max(...all)
    return v - most - Math.log(all.reduce((a, b) => a + Math.exp(b - most), 0))
  })
}
function direct(x: readonly number[], labels: readonly number[], weight: readonly number[], c: number, d: number, ignore: number | null): { each: number[]; sum: number; mean: number } {
  const p = logp(x, c, d)
  const each = labels.map((t, i) => (t === ignore ? 0 : -at(weight, t) * at(p, (Math.floor(i / d) * c + t) * d + (i % d))))
  const total = labels.reduce((a, t) => a + (t === ignore ? 0 : at(weight, t)), 0)
  const sum = each.reduce((a, b) => a + b, 0)
  return { each, sum, mean: sum / total }
}

describe('SoftmaxCrossEntropyLoss', () => {
  const labels = { shape: [4], dtype: 'int64' as const, values: [2, 0, 1, 2] }
  const places = { shape: [2, 3], dtype: 'int64' as const, values: [0, 1, 3, 3, 2, 0] }

  it('averages; second derivatives', () => checkOp({ build: (x, t) => softmaxCrossEntropyLoss(x, t).loss, inputs: [{ shape: [4, 3] }, labels], second: true, reference: (x, t) => [direct(x, t, [1, 1, 1], 3, 1, null).mean] }))
  it('gives the log probabilities as well, with a gradient of their own', () =>
    checkOp({
      build: (x, t) => {
        const { loss, logProbabilities } = softmaxCrossEntropyLoss(x, t, { reduction: 'none' })
        return [loss, logProbabilities]
      },
      inputs: [{ shape: [4, 3] }, labels],
      batch: [0, 1],
      reference: (x, t) => [direct(x, t, [1, 1, 1], 3, 1, null).each, logp(x, 3, 1)],
    }))
  it.each(['none', 'sum', 'mean'] as const)('weights classes, which have gradients too, and leaves labels out: %s', (reduction) =>
    checkOp({
      build: (x, t, w) => softmaxCrossEntropyLoss(x, t, { weight: w, ignoreIndex: 3, reduction }).loss,
      inputs: [{ shape: [2, 4, 3] }, places, { shape: [4], range: [0.5, 2] }],
      second: true,
      reference: (x, t, w) => {
        const { each, sum, mean } = direct(x, t, w, 4, 3, 3)
        return { none: each, sum: [sum], mean: [mean] }[reduction]
      },
    }))
  it('leaves out a label that is no class', () => checkOp({ build: (x, t) => softmaxCrossEntropyLoss(x, t, { ignoreIndex: -1 }).loss, inputs: [{ shape: [3, 2] }, { shape: [3], dtype: 'int64', values: [1, -1, 0] }], reference: (x, t) => [direct(x, t, [1, 1], 2, 1, -1).mean] }))
  it('stays finite for large logits', () => checkOp({ build: (x, t) => softmaxCrossEntropyLoss(x, t).loss, inputs: [{ shape: [1, 2], values: [1000, -1000] }, { shape: [1], dtype: 'int64', values: [1] }], wrt: [], reference: () => [2000] }))

  it('names what does not fit', () => {
    const g = new Graph('t')
    const x = g.input('x', 'float32', ['N', 3])
    expect(() => softmaxCrossEntropyLoss(x, g.input('t', 'int64', ['N']), { weight: g.input('w', 'float32', [2]) })).toThrow('SoftmaxCrossEntropyLoss: weights [2], expected [3]')
  })
})
