// NonMaxSuppression: of boxes that overlap much the one with the highest score, class by class.
// https://onnx.ai/onnx/operators/onnx__NonMaxSuppression.html (opset 11)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { must, scalarOf, single } from './support/rule.ts'
import { text } from './support/shape.ts'

const attributes = z.strictObject({ center_point_box: z.literal([0, 1]).default(0) })

export const NonMaxSuppression = defineOp<z.infer<typeof attributes>>({
  name: 'NonMaxSuppression',
  domain: '',
  since: 11,
  inputs: [
    { name: 'boxes', dtypes: ['float32'] },
    { name: 'scores', dtypes: ['float32'] },
    { name: 'max_output_boxes_per_class', dtypes: ['int64'], optional: true },
    { name: 'iou_threshold', dtypes: ['float32'], optional: true },
    { name: 'score_threshold', dtypes: ['float32'], optional: true },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const [boxes, scores] = [must(ctx.inputs, 0).shape, must(ctx.inputs, 1).shape]
    if (boxes.length !== 3 || boxes[2] !== 4 || scores.length !== 3 || scores[0] !== boxes[0] || scores[2] !== boxes[1]) throw new GraphError(`NonMaxSuppression: boxes ${text(boxes)} and scores ${text(scores)}, expected [N, boxes, 4] and [N, classes, boxes]`)
    return [{ dtype: 'int64', shape: [ctx.free(), 3] }]
  },
  grad: 'none',
})

export interface NonMaxSuppressionOptions {
  /** Boxes kept for each class of each picture. */
  readonly most: number
  /** Boxes that share more than this part of their union are one. */
  readonly overlap: number
  /** Boxes that score no more than this are dropped. */
  readonly least?: number
  /** Boxes are centre and size rather than two corners. */
  readonly centred?: boolean
}

/** boxes [N, B, 4], scores [N, C, B] to int64 [kept, 3]: picture, class, box. */
export function nonMaxSuppression(boxes: Value, scores: Value, { most, overlap, least, centred = false }: NonMaxSuppressionOptions): Value {
  const { graph } = boxes
  const limit = least === undefined ? null : graph.scalar(least)
  return single(NonMaxSuppression, [boxes, scores, scalarOf(graph, 'int64', most), graph.scalar(overlap), limit], { center_point_box: centred ? 1 : 0 })
}
