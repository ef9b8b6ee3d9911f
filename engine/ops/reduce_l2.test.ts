// Tests of ReduceL2.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { reduceL2 } from './reduce_l2.ts'
import { gradients } from '../autodiff/gradients.ts'
import { Program, tensor } from '../compile/program.ts'
import { Graph, type Value } from '../graph/graph.ts'

const rows = (x: number[], n: number): number[][] => Array.from({ length: x.length / n }, (_, i) => x.slice(i * n, i * n + n))
const fold = (v: number[]): number => Math.sqrt(v.reduce((a, b) => a + b * b, 0))

describe('ReduceL2', () => {
  it('reduces the last axis', () => checkOp({ build: (x) => reduceL2(x, [-1]), inputs: [{ shape: [3, 4], range: [-2, 2] }], batch: [0], reference: (x) => rows(x, 4).map(fold), second: true }))
  it('keeps axes', () => checkOp({ build: (x) => reduceL2(x, [1, 2], true), inputs: [{ shape: [2, 3, 2], range: [-2, 2] }], batch: [0], reference: (x) => rows(x, 6).map(fold) }))
  it('reduces the batch', () => checkOp({ build: (x) => reduceL2(x, [0]), inputs: [{ shape: [3, 1], range: [-2, 2] }], reference: (x) => [fold(x)] }))
  it('reduces all', () => checkOp({ build: (x) => reduceL2(x), inputs: [{ shape: [2, 3, 2], range: [-2, 2] }], reference: (x) => [fold(x)] }))
  it('reduces outer axes', () => checkOp({ build: (x) => reduceL2(x, [0, 2, 3]), inputs: [{ shape: [2, 3, 2, 2], range: [-2, 2] }] }))

  it('gives 0 where all is 0', async () => {
    const g = new Graph('zero')
    const x = g.input('x', 'float32', [2])
    g.output('dx', gradients(reduceL2(x), [x])[0] as Value)
    await using program = await Program.create(g)
    expect((await program.run({ x: tensor('float32', Float32Array.of(0, 0), [2]) }))['dx']?.data).toEqual(Float32Array.of(0, 0))
  })
})
