// Reshape: the same elements in another shape; 0 keeps a size (unless allowzero), -1 is what remains.
// https://onnx.ai/onnx/operators/onnx__Reshape.html (opset 14)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { sameShape, type Dim, type Shape } from '../graph/types.ts'
import { sizesOf } from './constant_of_shape.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { isFree, quotient, size, text } from './support/shape.ts'

const attributes = z.strictObject({ allowzero: z.literal([0, 1]).optional() })

export const Reshape = defineOp<z.infer<typeof attributes>>({
  name: 'Reshape',
  domain: '',
  since: 14,
  inputs: [
    { name: 'data', dtypes: ANY },
    { name: 'shape', dtypes: ['int64'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape: from } = first(ctx)
    const target = ctx.dims(1)
    if (!target) throw new GraphError('Reshape: the number of axes of the result is not known')
    // A fed element may be 0 or -1 as well as a size.
    if (target.some(isFree)) return [{ dtype, shape: target.map((d, i) => (isFree(d) || d === 0 || d === -1 ? ctx.free(i) : d)) }]
    return [{ dtype, shape: reshaped(from, target, ctx.attrs.allowzero === 1) }]
  },
  grad: (ctx) => [reshapeLike(must(ctx.grads, 0), must(ctx.inputs, 0)), null],
})

function reshaped(from: Shape, target: Shape, zeros: boolean): Shape {
  const open = target.indexOf(-1)
  const shape: Dim[] = target.map((d, i) => {
    if (d !== 0 || zeros) return d
    const kept = from[i]
    if (kept === undefined) throw new GraphError(`Reshape: ${text(target)} keeps size ${i}, but the input ${text(from)} has no such axis`)
    return kept
  })
  if (open >= 0) {
    if (shape.includes(-1, open + 1)) throw new GraphError(`Reshape: more than one -1 in ${text(target)}`)
    const rest = shape.filter((_, i) => i !== open)
    const size0 = quotient(from, rest)
    if (size0 === null && typeof size(from) === 'number') throw new GraphError(`Reshape: ${text(from)} does not fit ${text(target)}`)
    shape[open] = size0 ?? `(${size(from)})/(${size(rest)})`
    return shape
  }
  const [a, b] = [size(from), size(shape)]
  if (typeof a === 'number' && typeof b === 'number' && a !== b) throw new GraphError(`Reshape: ${text(from)} has ${a} elements, ${text(target)} has ${b}`)
  return shape
}

/** `shape` may hold 0, -1 and symbolic sizes; a symbolic size that x does not have at the same axis becomes -1. */
export function reshape(x: Value, shape: Shape): Value {
  if (sameShape(x.shape, shape)) return x
  const target = shape.map((d, i) => (typeof d === 'number' ? d : x.shape[i] === d ? 0 : -1))
  return single(Reshape, [x, x.graph.ints(target)])
}

/** `x` in the shape of `like`. */
export function reshapeLike(x: Value, like: Value): Value {
  const open = like.shape.filter((d, i) => typeof d === 'string' && x.shape[i] !== d).length
  if (open <= 1 && !like.shape.includes(0)) return reshape(x, like.shape)
  return single(Reshape, [x, sizesOf(x.graph, like)], like.shape.includes(0) ? { allowzero: 1 } : {})
}
