// The checker itself: it must refuse operators that are wrong in one way each.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineOp, type OpDef } from '../../engine/graph/op.ts'
import type { Value } from '../../engine/graph/graph.ts'
import { mul, reshape, sin } from '../../engine/ops/build.ts'
import type { ValueType } from '../../engine/graph/types.ts'
import { first, must, single } from '../../engine/ops/support/rule.ts'
import { checkOp } from './check-op.ts'

const base = { name: 'Cos', domain: '', since: 7, inputs: [{ name: 'X', dtypes: ['float32', 'float64'] }], outputs: [1, 1], attributes: z.strictObject({}), infer: (ctx: { inputs: readonly (ValueType | null)[] }) => [first(ctx)] } as const
const cosWith = (grad: (g: Value, x: Value) => Value): OpDef => defineOp({ ...base, grad: (ctx) => [grad(must(ctx.grads, 0), must(ctx.inputs, 0))] })
const check = (op: OpDef): Promise<void> => checkOp({ build: (x) => single(op, [x]), inputs: [{ shape: [2, 3] }], reference: (x) => x.map(Math.cos), batch: [0] })

describe('checkOp', () => {
  it('passes a right operator', () => check(cosWith((g, x) => mul(mul(g, sin(x)), -1))))
  it('refuses a wrong sign', () => expect(check(cosWith((g, x) => mul(g, sin(x))))).rejects.toThrow('order 1 gradient of input 0'))
  it('refuses a gradient that is off by a hundred thousandth', () => expect(check(cosWith((g, x) => mul(mul(g, sin(x)), -1.00001)))).rejects.toThrow('order 1 gradient of input 0'))
  it('refuses a wrong value', () => expect(checkOp({ build: (x) => sin(x), inputs: [{ shape: [2] }], reference: (x) => x.map(Math.cos) })).rejects.toThrow('value of output 0'))
  it('refuses a wrong inferred shape', () => expect(check(defineOp({ ...base, infer: () => [{ dtype: 'float32', shape: [3, 2] }], grad: 'none' }))).rejects.toThrow('output 0: what ORT returns against what was inferred'))
  it('refuses a missing gradient', () => expect(check(defineOp({ ...base, grad: 'none' }))).rejects.toThrow('order 1 gradient of input 0'))
  it('refuses a lost symbolic batch', () => expect(checkOp({ build: (x) => reshape(x, [2, 3]), inputs: [{ shape: [2, 3] }], batch: [0] })).rejects.toThrow('the symbolic batch reaches an output'))
})
