// LRN: each element divided by a power of the squares of its neighbours across channels.
// https://onnx.ai/onnx/operators/onnx__LRN.html (opset 13); Krizhevsky et al. 2012, section 3.3, https://doi.org/10.1145/3065386
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { add } from './add.ts'
import { conv } from './conv.ts'
import { div } from './div.ts'
import { mul } from './mul.ts'
import { pow } from './pow.ts'
import { reshape, reshapeLike } from './reshape.ts'
import { sub } from './sub.ts'
import { first, FLOATS, must, single, typed, unaryRule } from './support/rule.ts'
import { rankAtLeast } from './support/shape.ts'

const attributes = z.strictObject({ size: z.int().min(1), alpha: z.number().default(1e-4), beta: z.number().default(0.75), bias: z.number().default(1) })

export const LRN = defineOp<z.infer<typeof attributes>>({
  name: 'LRN',
  domain: '',
  since: 13,
  inputs: [{ name: 'X', dtypes: FLOATS }],
  outputs: [1, 1],
  attributes,
  floats: ['alpha', 'beta', 'bias'],
  infer: (ctx) => {
    rankAtLeast(ctx.op, 'X', first(ctx), 3)
    return [first(ctx)]
  },
  grad: unaryRule((g, x, y, { size, alpha, beta, bias }) => {
    const [before, after] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)]
    const base = add(mul(neighbours(mul(x, x), size, before, after), alpha / size), bias)
    const spread = neighbours(mul(g, div(y, base)), size, after, before)
    return sub(mul(g, pow(base, -beta)), mul(mul(x, spread), (2 * alpha * beta) / size))
  }),
})

/** Sums over `size` channels, `before` of them before each. */
function neighbours(v: Value, size: number, before: number, after: number): Value {
  const ones = v.graph.constant(typed(v.dtype, new Array<number>(size).fill(1)), v.dtype, [1, 1, size, 1])
  return reshapeLike(conv(reshape(v, [must(v.shape, 0), 1, must(v.shape, 1), -1]), ones, null, { pads: [before, 0, after, 0] }), v)
}

export interface LrnOptions {
  /** Channels that are summed over. */
  readonly size: number
  readonly alpha?: number
  readonly beta?: number
  readonly bias?: number
}

/** x [N, C, …]: x / (bias + alpha / size · sum x²)^beta. */
export function lrn(x: Value, { size, alpha = 1e-4, beta = 0.75, bias = 1 }: LrnOptions): Value {
  return single(LRN, [x], { size, alpha, beta, bias })
}
