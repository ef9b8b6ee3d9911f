// Tests of NegativeLogLikelihoodLoss.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { negativeLogLikelihoodLoss } from './negative_log_likelihood_loss.ts'

const at = (v: readonly number[], i: number): number => v[i] ?? NaN

/** By the definition: x [n, c, d], labels [n, d]. */
function direct(x: readonly number[], labels: readonly number[], weight: readonly number[], c: number, d: number, ignore: number | null): { each: number[]; sum: number; mean: number } {
  let total = 0
  const each = labels.map((t, i) => {
    if (t === ignore) return 0
    total += at(weight, t)
    return -at(weight, t) * at(x, (Math.floor(i / d) * c + t) * d + (i % d))
  })
  const sum = each.reduce((a, b) => a + b, 0)
  return { each, sum, mean: sum / total }
}

describe('NegativeLogLikelihoodLoss', () => {
  const labels = { shape: [4], dtype: 'int64' as const, values: [2, 0, 1, 2] }
  const places = { shape: [2, 3], dtype: 'int64' as const, values: [0, 1, 3, 3, 2, 0] }
  const weight = { shape: [4], range: [0.5, 2] as const }

  it('averages', () => checkOp({ build: (x, t) => negativeLogLikelihoodLoss(x, t), inputs: [{ shape: [4, 3] }, labels], reference: (x, t) => [direct(x, t, [1, 1, 1], 3, 1, null).mean] }))
  it('gives each loss, for a symbolic batch too', () => checkOp({ build: (x, t) => negativeLogLikelihoodLoss(x, t, { reduction: 'none' }), inputs: [{ shape: [4, 3] }, labels], batch: [0, 1], reference: (x, t) => direct(x, t, [1, 1, 1], 3, 1, null).each }))
  it('sums', () => checkOp({ build: (x, t) => negativeLogLikelihoodLoss(x, t, { reduction: 'sum' }), inputs: [{ shape: [2, 4, 3] }, places], reference: (x, t) => [direct(x, t, [1, 1, 1, 1], 4, 3, null).sum] }))
  it.each(['none', 'sum', 'mean'] as const)('weights classes, which have gradients too, and leaves labels out: %s', (reduction) =>
    checkOp({
      build: (x, t, w) => negativeLogLikelihoodLoss(x, t, { weight: w, ignoreIndex: 3, reduction }),
      inputs: [{ shape: [2, 4, 3] }, places, weight],
      second: true,
      reference: (x, t, w) => {
        const { each, sum, mean } = direct(x, t, w, 4, 3, 3)
        return { none: each, sum: [sum], mean: [mean] }[reduction]
      },
    }))
  it('leaves out a label that is no class', () => checkOp({ build: (x, t) => negativeLogLikelihoodLoss(x, t, { ignoreIndex: -1 }), inputs: [{ shape: [3, 2] }, { shape: [3], dtype: 'int64', values: [1, -1, 0] }], reference: (x, t) => [direct(x, t, [1, 1], 2, 1, -1).mean] }))
  it('takes int32 labels', () => checkOp({ build: (x, t) => negativeLogLikelihoodLoss(x, t), inputs: [{ shape: [4, 3] }, { ...labels, dtype: 'int32' }] }))

  it('names what does not fit', () => {
    const g = new Graph('t')
    expect(() => negativeLogLikelihoodLoss(g.input('x', 'float32', ['N', 3]), g.input('t', 'int64', ['N', 1]))).toThrow('NegativeLogLikelihoodLoss: labels [N, 1], expected [N] for scores [N, 3]')
  })
})
