// RoiAlign: regions of feature maps pooled to one size, read between elements by interpolation.
// https://onnx.ai/onnx/operators/onnx__RoiAlign.html (opset 16); He et al. 2017, https://arxiv.org/abs/1703.06870
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { FLOATS, must, single } from './support/rule.ts'
import { text } from './support/shape.ts'

const attributes = z.strictObject({
  coordinate_transformation_mode: z.enum(['half_pixel', 'output_half_pixel']).default('half_pixel'),
  mode: z.enum(['avg', 'max']).default('avg'),
  output_height: z.int().min(1).default(1),
  output_width: z.int().min(1).default(1),
  sampling_ratio: z.int().min(0).default(0),
  spatial_scale: z.number().default(1),
})

export const RoiAlign = defineOp<z.infer<typeof attributes>>({
  name: 'RoiAlign',
  domain: '',
  since: 16,
  inputs: [
    { name: 'X', dtypes: FLOATS, type: 'T' },
    { name: 'rois', dtypes: FLOATS, type: 'T' },
    { name: 'batch_indices', dtypes: ['int64'] },
  ],
  outputs: [1, 1],
  attributes,
  floats: ['spatial_scale'],
  infer: ({ inputs, attrs }) => {
    const [x, rois, at] = [must(inputs, 0).shape, must(inputs, 1).shape, must(inputs, 2).shape]
    if (x.length !== 4 || rois.length !== 2 || rois[1] !== 4 || text(at) !== text([must(rois, 0)])) throw new GraphError(`RoiAlign: X ${text(x)}, regions ${text(rois)} and their pictures ${text(at)}, expected [N, C, H, W], [R, 4] and [R]`)
    return [{ dtype: must(inputs, 0).dtype, shape: [must(rois, 0), must(x, 1), attrs.output_height, attrs.output_width] }]
  },
  grad: 'forbidden',
})

export interface RoiAlignOptions {
  readonly height: number
  readonly width: number
  /** From the regions' coordinates to the feature map's, e.g. 1/16. */
  readonly scale?: number
  /** Samples a bin and axis; as many as the bin has elements where 0. */
  readonly samples?: number
  readonly mode?: 'avg' | 'max'
  /** `half_pixel` moves the regions by half an element, as is right; `output_half_pixel` does not. */
  readonly coordinateTransformationMode?: 'half_pixel' | 'output_half_pixel'
}

/** x [N, C, H, W], rois [R, 4] of (x1, y1, x2, y2), pictures int64 [R], to [R, C, height, width]. */
export function roiAlign(x: Value, rois: Value, pictures: Value, { height, width, scale = 1, samples = 0, mode = 'avg', coordinateTransformationMode = 'half_pixel' }: RoiAlignOptions): Value {
  return single(RoiAlign, [x, rois, pictures], { output_height: height, output_width: width, spatial_scale: scale, sampling_ratio: samples, mode, coordinate_transformation_mode: coordinateTransformationMode })
}
