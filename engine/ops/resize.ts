// Resize: sampled at another size. Not differentiable here: preprocessing stands before the input that gradients are taken of.
// https://onnx.ai/onnx/operators/onnx__Resize.html (opset 18)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import type { Dim } from '../graph/types.ts'
import { first, intsOr, must, NUMBERS, single } from './support/rule.ts'
import { axesOf, text } from './support/shape.ts'

const attributes = z.strictObject({
  mode: z.enum(['nearest', 'linear', 'cubic']).default('nearest'),
  antialias: z.literal([0, 1]).default(0),
  coordinate_transformation_mode: z.enum(['half_pixel', 'half_pixel_symmetric', 'pytorch_half_pixel', 'align_corners', 'asymmetric', 'tf_crop_and_resize']).default('half_pixel'),
  nearest_mode: z.enum(['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil']).default('round_prefer_floor'),
  cubic_coeff_a: z.number().default(-0.75),
  exclude_outside: z.literal([0, 1]).optional(),
  extrapolation_value: z.number().optional(),
  axes: z.array(z.int()).optional(),
})

export const Resize = defineOp<z.infer<typeof attributes>>({
  name: 'Resize',
  domain: '',
  since: 18,
  inputs: [
    { name: 'X', dtypes: NUMBERS },
    { name: 'roi', dtypes: ['float32'], optional: true },
    { name: 'scales', dtypes: ['float32'], optional: true },
    { name: 'sizes', dtypes: ['int64'], optional: true },
  ],
  outputs: [1, 1],
  attributes,
  floats: ['cubic_coeff_a', 'extrapolation_value'],
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const axes = ctx.attrs.axes ? axesOf(ctx.op, ctx.attrs.axes, shape.length) : [...shape.keys()]
    if (!ctx.inputs[2] === !ctx.inputs[3]) throw new GraphError('Resize: one of sizes and scales is needed')
    const sizes = ctx.inputs[3] ? ctx.dims(3) : null
    const given = sizes ?? (ctx.inputs[2] ? intsOr(ctx, 2, null) : null)
    if (!given) return [{ dtype, shape: shape.map((d, i) => (axes.includes(i) ? ctx.free(i) : d)) }]
    if (given.length !== axes.length) throw new GraphError(`Resize: one of sizes and scales is needed, with one number for each of the axes ${text(axes)}`)
    const out: Dim[] = [...shape]
    axes.forEach((a, i) => {
      const d = must(shape, a)
      const v = must(given, i)
      if (sizes) out[a] = v
      else if (v !== 1) out[a] = typeof d === 'number' && typeof v === 'number' ? Math.floor(d * v) : `floor(${d}*${v})`
    })
    return [{ dtype, shape: out }]
  },
  grad: 'forbidden',
})

export interface ResizeOptions {
  /** The axes that `sizes` or `scales` speak of; all where left out. */
  readonly axes?: readonly number[]
  readonly mode?: 'nearest' | 'linear' | 'cubic'
  /** Low-pass filter when shrinking. */
  readonly antialias?: boolean
  readonly coordinateTransformationMode?: 'half_pixel' | 'half_pixel_symmetric' | 'pytorch_half_pixel' | 'align_corners' | 'asymmetric'
  readonly nearestMode?: 'round_prefer_floor' | 'round_prefer_ceil' | 'floor' | 'ceil'
}

export function resize(x: Value, target: { readonly sizes: readonly number[] } | { readonly scales: readonly number[] }, options: ResizeOptions = {}): Value {
  const g = x.graph
  const { axes, mode = 'linear', antialias = false, coordinateTransformationMode = 'half_pixel', nearestMode = 'round_prefer_floor' } = options
  const scales = 'scales' in target ? g.constant(Float32Array.from(target.scales), 'float32', [target.scales.length]) : null
  const sizes = 'sizes' in target ? g.ints(target.sizes) : null
  return single(Resize, [x, null, scales, sizes], { mode, antialias: antialias ? 1 : 0, coordinate_transformation_mode: coordinateTransformationMode, nearest_mode: nearestMode, axes: axes && [...axes] })
}
