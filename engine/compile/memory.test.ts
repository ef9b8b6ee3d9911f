// Liveness of tensors, on graphs whose peak can be counted by hand.
import { describe, expect, it } from 'vitest'
import { gradients } from '../autodiff/gradients.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { concat, flatten, matmul, mul, reduceSum, relu, sigmoid } from '../ops/build.ts'
import { bytesOf, runMemory } from './memory.ts'

const KB = 1024
/** [n, n] of float32 with n = 16 is one kilobyte. */
const square = (g: Graph, name: string): Value => g.input(name, 'float32', [16, 16])

describe('runMemory', () => {
  it('counts inputs and outputs apart from what lives between', () => {
    const g = new Graph('one')
    g.output('y', matmul(square(g, 'x'), square(g, 'w')))
    expect(runMemory(g)).toMatchObject({ inputs: 2 * KB, outputs: KB, peak: KB })
  })

  it('frees what is read no more, and lets elementwise operators write in place', () => {
    const g = new Graph('chain')
    const w = square(g, 'w')
    // Each product needs the one before and itself; ReLU and sigmoid nothing.
    let h = matmul(square(g, 'x'), w)
    for (let i = 0; i < 5; i++) h = matmul(sigmoid(relu(h)), w)
    g.output('y', h)
    expect(runMemory(g).peak).toBe(2 * KB)
  })

  it('keeps what is read later', () => {
    const g = new Graph('kept')
    const w = square(g, 'w')
    const early = matmul(square(g, 'x'), w)
    const late = matmul(matmul(matmul(early, w), w), w)
    g.output('y', mul(late, early))
    const { peak } = runMemory(g)
    expect(peak).toBe(3 * KB)
  })

  it('takes a view for nothing', () => {
    const g = new Graph('view')
    g.output('y', reduceSum(flatten(matmul(square(g, 'x'), square(g, 'w')), 1)))
    expect(runMemory(g).peak).toBe(KB + 4)
  })

  it('is smaller where the forward pass is computed again', () => {
    const build = (segments: number): number => {
      const g = new Graph('deep')
      const weights = Array.from({ length: 24 }, (_, i) => g.parameter(`w${i}`, [8, 8]))
      const outs: Value[] = []
      const last = weights.reduce<Value>((h, w) => {
        const y = sigmoid(matmul(h, w))
        outs.push(y)
        return y
      }, g.input('x', 'float32', [1024, 8]))
      const loss = reduceSum(mul(last, last))
      const checkpoints = outs.filter((_, i) => segments > 1 && i % (24 / segments) === 24 / segments - 1 && i < 23)
      g.output('d', concat(gradients(loss, weights, { checkpoints }), 0))
      return runMemory(g).peak
    }
    expect(build(4)).toBeLessThan(0.7 * build(1))
  })

  it('counts a symbolic size as one', () => {
    expect(bytesOf({ dtype: 'int64', shape: ['N', 3] })).toBe(24)
  })
})
