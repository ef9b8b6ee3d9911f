// Rotary positions: pairs of features turned by an angle that grows with the position.
import type { Value } from '../../graph/graph.ts'
import { add, concat, mul, neg, split } from '../../ops/build.ts'

/**
 * [N, T, heads, size]: feature i of the first half and feature i of the second are turned together by t · 10000^(−2i / size).
 * Su et al., "RoFormer", 2021, https://arxiv.org/abs/2104.09864, with halves instead of neighbours as in GPT-NeoX.
 */
export function rotate(x: Value): Value {
  const [T, size] = [Number(x.shape[1]), Number(x.shape[3])]
  const half = size / 2
  const table = (f: (angle: number) => number): Value =>
    x.graph.constant(Float32Array.from({ length: T * size }, (_, k) => f(Math.floor(k / size) * 10_000 ** (-(k % half) / half))), 'float32', [T, 1, size])
  const [first = x, second = x] = split(x, [half, half], 3)
  return add(mul(x, table(Math.cos)), mul(concat([neg(second), first], 3), table(Math.sin)))
}
