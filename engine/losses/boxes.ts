// Areas of boxes and of what two boxes share, for the losses of detection.
import type { Value } from '../graph/graph.ts'
import { add, div, max, min, mul, relu, slice, sub } from '../ops/build.ts'

/** A little, so that two empty boxes do not divide by zero. */
const EPSILON = 1e-7

export interface Overlap {
  /** Intersection over union, [N]. */
  readonly iou: Value
  readonly union: Value
  /** Area of the smallest box around both. */
  readonly hull: Value
}

/** Of boxes [N, 4] as (x1, y1, x2, y2) with x1 ≤ x2, y1 ≤ y2. */
export function overlap(a: Value, b: Value): Overlap {
  const at = (box: Value, i: number): Value => slice(box, { starts: [i], ends: [i + 1], axes: [1] })
  const area = (w: Value, h: Value): Value => mul(relu(w), relu(h))
  const [ax1, ay1, ax2, ay2] = [at(a, 0), at(a, 1), at(a, 2), at(a, 3)]
  const [bx1, by1, bx2, by2] = [at(b, 0), at(b, 1), at(b, 2), at(b, 3)]
  const shared = area(sub(min(ax2, bx2), max(ax1, bx1)), sub(min(ay2, by2), max(ay1, by1)))
  const union = sub(add(area(sub(ax2, ax1), sub(ay2, ay1)), area(sub(bx2, bx1), sub(by2, by1))), shared)
  const hull = area(sub(max(ax2, bx2), min(ax1, bx1)), sub(max(ay2, by2), min(ay1, by1)))
  return { iou: div(shared, add(union, EPSILON)), union, hull: add(hull, EPSILON) }
}
