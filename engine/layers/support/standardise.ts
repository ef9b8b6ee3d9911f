// Standard scores for normalising layers, written so that gradients of every order are exact and cheap: centring and squaring
// have rules of their own that skip the nodes of the general ones.
import { add, mul, reciprocal, reduceMean, sqrt, sub } from '../../ops/build.ts'
import { Mul } from '../../ops/mul.ts'
import { must, single } from '../../ops/support/rule.ts'
import { Sub } from '../../ops/sub.ts'
import type { Value } from '../../graph/graph.ts'
import type { OpDef } from '../../graph/op.ts'

/** A mean over the elements that are normalised together, with reduced axes kept as 1. */
export type Mean = (x: Value) => Value

export const meanOver =
  (axes: readonly number[]): Mean =>
  (x) =>
    reduceMean(x, axes, true)

/**
 * x − mean(x). The gradient of x as a whole is g − mean'(g), mean' the adjoint of the mean's spread: `adjoint` gives it
 * and is the mean itself where all elements weigh the same.
 */
export function centre(x: Value, mean: Mean, adjoint: Mean = mean): { readonly centred: Value; readonly mean: Value } {
  const m = mean(x)
  const op: OpDef = { ...Sub, grad: (ctx) => [sub(must(ctx.grads, 0), adjoint(must(ctx.grads, 0))), null] }
  return { centred: single(op, [x, m]), mean: m }
}

const Square: OpDef = { ...Mul, grad: (ctx) => [mul(must(ctx.grads, 0), mul(must(ctx.inputs, 0), 2)), null] }

/** x², with the gradient 2·g·x in one piece. */
export const square = (x: Value): Value => single(Square, [x, x])

/** 1 / sqrt(variance + epsilon). */
export const inverseDeviation = (variance: Value, epsilon: number): Value => reciprocal(sqrt(add(variance, epsilon)))

/** (x − mean) / sqrt(variance + epsilon) over `axes`, with the population variance. */
export function standardise(x: Value, axes: readonly number[], epsilon: number): Value {
  const mean = meanOver(axes)
  const { centred } = centre(x, mean)
  return mul(centred, inverseDeviation(mean(square(centred)), epsilon))
}
