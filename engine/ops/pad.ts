// Pad: more elements around a tensor; negative pads crop. Only the constant mode has a gradient.
// https://onnx.ai/onnx/operators/onnx__Pad.html (opset 18)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { END, slice } from './slice.ts'
import { ANY, first, intsOf, intsOr, must, scalarOf, single } from './support/rule.ts'
import { plus, text } from './support/shape.ts'

const attributes = z.strictObject({ mode: z.enum(['constant', 'reflect', 'edge']).default('constant') })

export const Pad = defineOp<z.infer<typeof attributes>>({
  name: 'Pad',
  domain: '',
  since: 13,
  inputs: [
    { name: 'data', dtypes: ANY, type: 'T' },
    { name: 'pads', dtypes: ['int64'] },
    { name: 'constant_value', dtypes: ANY, type: 'T', optional: true },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const pads = intsOr(ctx, 1, null)
    if (!pads) return [{ dtype, shape: shape.map((_, i) => ctx.free(i)) }]
    if (pads.length !== 2 * shape.length) throw new GraphError(`Pad: ${pads.length} pads for ${text(shape)}, expected ${2 * shape.length}`)
    return [{ dtype, shape: shape.map((d, i) => plus(d, must(pads, i) + must(pads, i + shape.length))) }]
  },
  grad: (ctx) => {
    if (ctx.attrs.mode !== 'constant') throw new GraphError(`Pad: no gradient in mode '${ctx.attrs.mode}'`)
    if (ctx.needs(2)) throw new GraphError('Pad: no gradient for the padding value')
    const rank = must(ctx.inputs, 0).shape.length
    const pads = intsOf(must(ctx.inputs, 1)) ?? []
    const crop = pads.map((p) => Math.max(p, 0))
    const grow = pads.map((p) => Math.max(-p, 0))
    const axes = Array.from({ length: rank }, (_, i) => i).filter((i) => must(crop, i) + must(crop, i + rank) > 0)
    const g = must(ctx.grads, 0)
    const cut = axes.length === 0 ? g : slice(g, { starts: axes.map((a) => must(crop, a)), ends: axes.map((a) => (must(crop, a + rank) === 0 ? END : -must(crop, a + rank))), axes })
    return [grow.some((p) => p > 0) ? pad(cut, grow) : cut]
  },
})

/** `pads`: before each axis, then after each. */
export function pad(x: Value, pads: readonly number[], value = 0, mode: 'constant' | 'reflect' | 'edge' = 'constant'): Value {
  return single(Pad, [x, x.graph.ints(pads), value === 0 ? null : scalarOf(x.graph, x.dtype, value)], { mode })
}
