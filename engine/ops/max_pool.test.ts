// Tests of MaxPool.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { maxPool } from './max_pool.ts'
import { gradients } from '../autodiff/gradients.ts'
import { Program, tensor } from '../compile/program.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { reduceSum } from './reduce_sum.ts'

/** Distinct values in an irregular order: no ties within reach of a difference. */
const distinct = (n: number): number[] => Array.from({ length: n }, (_, i) => ((i * 37) % n) / 7 - 3)

describe('MaxPool', () => {
  it.each([
    { shape: [2, 2, 4, 6], options: { kernel: [2, 2] } },
    { shape: [1, 2, 5, 5], options: { kernel: [2, 2] } },
    { shape: [1, 2, 7, 7], options: { kernel: [3, 3], strides: 2, pads: 1 } },
    { shape: [2, 1, 5, 5], options: { kernel: [3, 3], strides: 1 } },
    { shape: [1, 1, 7, 7], options: { kernel: [2, 2], strides: 1, dilations: 3 } },
    { shape: [2, 3, 6], options: { kernel: [3] } },
    { shape: [1, 2, 4, 4, 4], options: { kernel: [2, 2, 2] } },
    { shape: [1, 2, 3, 5, 4], options: { kernel: [2, 3, 2], strides: [1, 2, 1], pads: [0, 1, 1, 0, 1, 1] } },
  ])('x $shape, $options', ({ shape, options }) => checkOp({ build: (x) => maxPool(x, options), inputs: [{ shape, values: distinct(shape.reduce((a, b) => a * b, 1)) }], batch: [0], float64: false }))

  it('takes the largest', () => checkOp({ build: (x) => maxPool(x, { kernel: [2, 2] }), inputs: [{ shape: [1, 1, 2, 4], values: [1, 2, 8, 7, 4, 3, 5, 6] }], float64: false, reference: () => [4, 8] }))

  it.each([[2, [1, 0, 0, 0]], [1, [1, 0, 0, 0]]])('gives the gradient to the first of equal elements, stride %i', async (strides, expected) => {
    const g = new Graph('ties')
    const x = g.input('x', 'float32', [1, 1, 2, 2])
    const [dx] = gradients(reduceSum(maxPool(x, { kernel: [2, 2], strides })), [x])
    g.output('dx', dx as Value)
    await using program = await Program.create(g)
    expect((await program.run({ x: tensor('float32', Float32Array.of(3, 3, 3, 3), [1, 1, 2, 2]) }))['dx']?.data).toEqual(Float32Array.from(expected))
  })
})
