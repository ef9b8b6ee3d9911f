// LayerNormalization: standard scores over the axes from `axis` on, scaled and shifted; also gives mean and inverse deviation.
// https://onnx.ai/onnx/operators/onnx__LayerNormalization.html (opset 17); Ba, Kiros and Hinton 2016, https://arxiv.org/abs/1607.06450
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp, type GradContext } from '../graph/op.ts'
import { elements, isStatic, sameShape } from '../graph/types.ts'
import { add } from './add.ts'
import { cast } from './cast.ts'
import { div } from './div.ts'
import { expandTo } from './expand.ts'
import { matmul } from './matmul.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { reduceMean } from './reduce_mean.ts'
import { reshape } from './reshape.ts'
import { countOf } from './shape.ts'
import { sub } from './sub.ts'
import { eachRow, standardise, standardiseGrad, type Scores } from './support/normalize.ts'
import { first, FLOATS, must, single } from './support/rule.ts'
import { axisOf, broadcast, text } from './support/shape.ts'

const attributes = z.strictObject({ axis: z.int().default(-1), epsilon: z.number().default(1e-5), stash_type: z.literal(1).default(1) })

export const LayerNormalization = defineOp<z.infer<typeof attributes>>({
  name: 'LayerNormalization',
  domain: '',
  since: 17,
  inputs: [
    { name: 'X', dtypes: FLOATS, type: 'T' },
    { name: 'Scale', dtypes: FLOATS, type: 'T' },
    { name: 'B', dtypes: FLOATS, type: 'T', optional: true },
  ],
  outputs: [1, 3],
  attributes,
  floats: ['epsilon'],
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const axis = axisOf(ctx.op, ctx.attrs.axis, shape.length)
    for (const [i, what] of ['Scale', 'B'].entries()) {
      const v = ctx.inputs[i + 1]
      if (v && text(broadcast(ctx.op, shape, v.shape)) !== text(shape)) throw new GraphError(`LayerNormalization: ${what} ${text(v.shape)} does not broadcast to ${text(shape)}`)
    }
    const stash = shape.map((d, i) => (i < axis ? d : 1))
    return [
      { dtype, shape },
      { dtype: 'float32', shape: stash },
      { dtype: 'float32', shape: stash },
    ]
  },
  grad: (ctx) => {
    const [x, scale] = [must(ctx.inputs, 0), must(ctx.inputs, 1)]
    const axis = axisOf('LayerNormalization', ctx.attrs.axis, x.shape.length)
    const quick = inRows(ctx, axis)
    if (quick) return quick
    const axes = x.shape.map((_, i) => i).slice(axis)
    const { xhat, inverse } = x.dtype === 'float32' ? stashed(x, must(ctx.outputs, 1), must(ctx.outputs, 2)) : standardise(x, axes, ctx.attrs.epsilon)
    const [g = null, mean = null, deviation = null] = ctx.grads
    const parts: Value[] = []
    if (ctx.needs(0)) {
      if (g) parts.push(standardiseGrad(mul(g, scale), { xhat, inverse }, axes))
      const count = countOf(x, axes)
      if (mean) parts.push(expandTo(div(cast(mean, x.dtype), count), x))
      if (deviation) parts.push(mul(xhat, mul(div(cast(deviation, x.dtype), count), mul(mul(inverse, inverse), -1))))
    }
    return [parts.length > 0 ? parts.reduce((a, b) => add(a, b)) : null, g && ctx.needs(1) ? mul(g, xhat) : null, g]
  },
})

/**
 * As rows [R, D] where sizes are known and nobody asks for gradients of mean and deviation: dx = inverse · (gγ - mean(gγ)) - x̂ · inverse · mean(gγ · x̂)
 * with each row scaled and shifted in one pass, and the last mean a product of g · x̂, which the scale's gradient needs anyway, with γ.
 */
function inRows(ctx: GradContext<z.infer<typeof attributes>>, axis: number): (Value | null)[] | null {
  const [x, scale] = [must(ctx.inputs, 0), must(ctx.inputs, 1)]
  const [g = null, mean = null, deviation = null] = ctx.grads
  if (!g || mean || deviation || x.dtype !== 'float32' || !isStatic(x.shape) || !sameShape(scale.shape, x.shape.slice(axis))) return null
  const columns = elements(scale.shape)
  const flat = (v: Value): Value => reshape(v, [-1, columns])
  const [each, inverse] = [reshape(must(ctx.outputs, 1), [-1]), reshape(must(ctx.outputs, 2), [-1])]
  const xhat = eachRow(flat(x), inverse, neg(mul(each, inverse)))
  const [down, toScale] = [flat(g), mul(flat(g), xhat)]
  const back = (): Value => {
    const scaled = mul(down, reshape(scale, [1, -1]))
    const moment = mul(matmul(toScale, reshape(scale, [-1, 1])), mul(reshape(inverse, [-1, 1]), 1 / columns))
    const centred = eachRow(scaled, inverse, neg(mul(reduceMean(scaled, [1], false), inverse)))
    return reshape(sub(centred, mul(xhat, moment)), x.shape)
  }
  return [ctx.needs(0) ? back() : null, ctx.needs(1) ? reshape(toScale, x.shape) : null, g]
}

const stashed = (x: Value, mean: Value, inverse: Value): Scores => ({ xhat: mul(sub(x, mean), inverse), inverse })

export interface LayerNormalizationOptions {
  /** First of the axes that are normalised together; the last axis alone where left out. */
  readonly axis?: number
  readonly epsilon?: number
}

/** x [..., D], scale and bias broadcast to x, usually [D]. */
export function layerNormalization(x: Value, scale: Value, bias: Value | null = null, { axis = -1, epsilon = 1e-5 }: LayerNormalizationOptions = {}): Value {
  return single(LayerNormalization, [x, scale, bias], { axis, epsilon, stash_type: 1 })
}
