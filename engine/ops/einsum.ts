// Einsum: sums of products of operands whose axes are named by letters; the gradient of each operand is an Einsum of the others.
// https://onnx.ai/onnx/operators/onnx__Einsum.html (opset 12)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { Shape } from '../graph/types.ts'
import { fullLike } from './constant_of_shape.ts'
import { mul } from './mul.ts'
import { reshape } from './reshape.ts'
import { letterSizes, parseEquation, written, type Equation } from './support/equation.ts'
import { first, must, single, typed } from './support/rule.ts'
import { known } from './support/window.ts'
import { unsqueeze } from './unsqueeze.ts'

const attributes = z.strictObject({ equation: z.string() })

export const Einsum = defineOp<z.infer<typeof attributes>>({
  name: 'Einsum',
  domain: '',
  since: 12,
  inputs: [{ name: 'Inputs', dtypes: ['float32', 'float64', 'int64', 'int32'], type: 'T', variadic: true }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const shapes = ctx.inputs.map((_, i) => must(ctx.inputs, i).shape)
    if (ctx.attrs.equation.includes('...') && new Set(ellipses(ctx.attrs.equation, shapes)).size > 1) throw new GraphError(`Einsum: equation '${ctx.attrs.equation}': ONNX wants the ellipses of all operands to stand for the same number of axes; einsum() writes them as letters`)
    const equation = parseEquation(ctx.attrs.equation, shapes.map((s) => s.length))
    const sizes = letterSizes(equation, shapes)
    return [{ dtype: first(ctx).dtype, shape: Array.from(equation.output).map((c) => sizes.get(c) ?? 1) }]
  },
  grad: (ctx) => {
    const inputs = ctx.inputs.map((_, i) => must(ctx.inputs, i))
    const equation = parseEquation(ctx.attrs.equation, inputs.map((v) => v.shape.length))
    return inputs.map((_, k) => (ctx.needs(k) ? operandGrad(equation, inputs, k, must(ctx.grads, 0)) : null))
  },
})

/** How many axes the ellipsis of each operand that has one stands for. */
const ellipses = (equation: string, shapes: readonly Shape[]): number[] =>
  (equation.replaceAll(/\s/g, '').split('->')[0] ?? '').split(',').flatMap((t, i) => (t.includes('...') ? [must(shapes, i).length - (t.length - 3)] : []))

function operandGrad({ terms, output }: Equation, inputs: readonly Value[], k: number, g: Value): Value {
  const [x, term] = [must(inputs, k), must(terms, k)]
  const others = inputs.filter((_, i) => i !== k)
  const otherTerms = terms.filter((_, i) => i !== k)
  const reached = new Set([output, ...otherTerms].join(''))
  const own = Array.from(term)
  // Letters that only this operand has were summed: their gradient is the same all along the axis.
  const open = own.filter((c, i) => reached.has(c) && own.indexOf(c) === i)
  const found = einsum(written({ terms: [output, ...otherTerms], output: open.join('') }), [g, ...others])
  const missing = own.flatMap((c, i) => (reached.has(c) && own.indexOf(c) === i ? [] : [i]))
  let sum = unsqueeze(found, missing)
  if (missing.length > 0) sum = mul(sum, fullLike(x, 1))
  own.forEach((c, i) => {
    if (own.indexOf(c) !== i) sum = mul(sum, diagonal(x, own.indexOf(c), i))
  })
  return sum
}

/** 1 where the indices of two axes of `x` agree, which a letter named twice asks for. */
function diagonal(x: Value, a: number, b: number): Value {
  const n = known('Einsum', 'an axis named twice', x.shape[a])
  if (x.shape[b] !== n) throw new GraphError(`Einsum: axes ${a} and ${b} share a letter, but are ${n} and ${x.shape[b] ?? '?'}`)
  const eye = typed(x.dtype, Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0)))
  return reshape(x.graph.constant(eye, x.dtype, [n, n]), x.shape.map((_, i) => (i === a || i === b ? n : 1)))
}

/** E.g. `einsum('bqd,bkd->bqk', [queries, keys])`; `...` stands for axes that broadcast, and becomes letters in the node. */
export function einsum(equation: string, xs: readonly Value[]): Value {
  return single(Einsum, xs, { equation: written(parseEquation(equation, xs.map((x) => x.shape.length))) })
}
