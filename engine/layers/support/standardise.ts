// Standard scores for normalising layers. Centring and rescaling have gradient rules of their own: each gives the whole gradient of
// its formula at once, which is exact in every order and takes half the passes over memory of the rules of its nodes.
import { add, mul, reciprocal, reduceMean, sqrt, sub } from '../../ops/build.ts'
import { Mul } from '../../ops/mul.ts'
import { must, single } from '../../ops/support/rule.ts'
import { Sub } from '../../ops/sub.ts'
import type { Value } from '../../graph/graph.ts'
import type { OpDef } from '../../graph/op.ts'

/** A mean over the elements that are normalised together, with reduced axes kept as 1. */
export type Mean = (x: Value) => Value

export interface Means {
  readonly mean: Mean
  /** The transpose of x → mean(x) spread over x: the mean itself where all elements weigh the same. */
  readonly adjoint: Mean
}

export const meansOver = (axes: readonly number[]): Means => {
  const mean: Mean = (x) => reduceMean(x, axes, true)
  return { mean, adjoint: mean }
}

export interface Standardised {
  readonly y: Value
  readonly mean: Value
  /** With weights that sum to 1: the population variance. */
  readonly variance: Value
}

/** scale · (x − mean) / sqrt(variance + epsilon); `scale` has the shape of the means and is 1 where left out. */
export function standardise(x: Value, means: Means, epsilon: number, scale: Value | null = null): Standardised {
  const mean = means.mean(x)
  const centred = single(centring(means), [x, mean])
  const variance = means.mean(mul(centred, centred))
  return { y: rescaled(centred, inverseDeviation(variance, epsilon), means, scale), mean, variance }
}

/** 1 / sqrt(variance + epsilon). */
export const inverseDeviation = (variance: Value, epsilon: number): Value => reciprocal(sqrt(add(variance, epsilon)))

/** x − mean(x): the gradient of x is g − adjoint(g), the mean's part included. */
const centring = ({ adjoint }: Means): OpDef => ({ ...Sub, grad: (ctx) => [sub(must(ctx.grads, 0), adjoint(must(ctx.grads, 0))), null] })

/** scale · v · inverse(v), where inverse = (mean(v²) + ε)^−½: the gradient of v is s·g − v·s·inverse²·adjoint(g·v), s = scale · inverse. */
function rescaled(v: Value, inverse: Value, { adjoint }: Means, scale: Value | null): Value {
  const factor = scale ? single(Scaled, [scale, inverse]) : inverse
  const op: OpDef = {
    ...Mul,
    grad: (ctx) => {
      // What the node reads, not what it was built from: a lowering or a recomputation may have put others in their place.
      const [g, read, s] = [must(ctx.grads, 0), must(ctx.inputs, 0), must(ctx.inputs, 1)]
      const product = mul(g, read)
      const inverseNow = scale ? secondFactor(s) : s
      return [ctx.needs(0) ? sub(mul(g, s), mul(read, mul(adjoint(product), mul(s, mul(inverseNow, inverseNow))))) : null, scale ? product : null]
    },
  }
  return single(op, [v, factor])
}

/** scale · inverse; what flows to the inverse is in the gradient of v already. */
const Scaled: OpDef = { ...Mul, grad: (ctx) => [mul(must(ctx.grads, 0), must(ctx.inputs, 1)), null] }

/** b of `product` = a · b, seen through reshapes to its own shape. */
function secondFactor(product: Value): Value {
  let from = product.producer
  while (from?.op.name === 'Reshape') from = from.inputs[0]?.producer ?? null
  return must(from?.inputs ?? [], 1)
}

/** x / sqrt(mean(x²) + epsilon). */
export function byRootMeanSquare(x: Value, means: Means, epsilon: number): Value {
  return rescaled(x, inverseDeviation(means.mean(mul(x, x)), epsilon), means, null)
}
