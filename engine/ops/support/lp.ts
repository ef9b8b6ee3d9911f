// Gradient of the p-norm (sum |x|^p)^(1/p): sign(x) · |x|^(p-1) · y^(1-p), and 0 where the norm is 0.
import type { Value } from '../../graph/graph.ts'
import { abs } from '../abs.ts'
import { div } from '../div.ts'
import { equal } from '../equal.ts'
import { mul } from '../mul.ts'
import { pow } from '../pow.ts'
import { sign } from '../sign.ts'
import { where } from '../where.ts'

/** sign(x) · |x|^(p-1): the factor of each element. */
export const lpElement = (x: Value, p: number): Value => (p === 1 ? sign(x) : p === 2 ? x : mul(x, pow(abs(x), p - 2)))

/** g · y^(1-p): the factor of each norm. */
export function lpNorm(g: Value, y: Value, p: number): Value {
  if (p === 1) return g
  return where(equal(y, 0), 0, div(g, p === 2 ? y : pow(y, p - 1)))
}
