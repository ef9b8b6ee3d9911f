// Tests of Mod.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Mod, mod } from './mod.ts'
import { apply } from '../graph/op.ts'
import { Graph } from '../graph/graph.ts'

describe('Mod', () => {
  it('agrees with its reference, with differences and with a symbolic batch', () =>
    checkOp({ build: mod, inputs: [{ shape: [6], values: [5.3, -5.3, 5.3, -5.3, 0.4, 7.7] }, { shape: [6], values: [3, 3, -3, -3, 2, 0.9] }], batch: [0, 1], reference: (a, b) => a.map((v, i) => v % (b[i] ?? NaN)) }))

  it('broadcasts', () => checkOp({ build: mod, inputs: [{ shape: [2, 1], values: [4.4, -3.1] }, { shape: [3], values: [1.5, 2.5, 7] }] }))
  it('takes integers with the sign of the divisor', () => checkOp({ build: (a, b) => [mod(a, b), mod(a, 4)], inputs: [{ shape: [4], dtype: 'int32', values: [5, -5, 5, -5] }, { shape: [4], dtype: 'int32', values: [3, 3, -3, -3] }], reference: () => [[2, 1, -1, -2], [1, 3, 1, 3]] }))

  it('refuses floating numbers without fmod', () => {
    const x = new Graph('t').input('x', 'float32', [2])
    expect(() => apply(Mod, [x, x])).toThrow('Mod: float32 needs fmod = 1')
  })
})
