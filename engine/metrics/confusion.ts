// Confusion matrix and what follows from it for each class.
import type { Predictions } from './predictions.ts'

export interface ClassScores {
  /** 0 where nothing was predicted as the class. */
  readonly precision: number
  /** 0 where the class has no samples. */
  readonly recall: number
  readonly f1: number
  /** Samples labelled with the class; boxes in detection, pixels in segmentation. */
  readonly support: number
  /** Average precision: over thresholds of IoU from 0.5 to 0.95 in detection. Only where a task ranks. */
  readonly ap?: number
  /** Average precision at an IoU of 0.5; only in detection. */
  readonly ap50?: number
  /** Intersection over union of all pixels; only in segmentation. */
  readonly iou?: number
}

/** Counts, row-major: [label · classes + predicted]. */
export function confusion({ labels, predicted, classes }: Predictions, rows: Int32Array): Float64Array {
  const counts = new Float64Array(classes * classes)
  for (const i of rows) {
    const cell = (labels[i] ?? 0) * classes + (predicted[i] ?? 0)
    counts[cell] = (counts[cell] ?? 0) + 1
  }
  return counts
}

/** Precision, recall and F1 of each class from `confusion`. */
export function classScores(counts: Float64Array, classes: number): ClassScores[] {
  return Array.from({ length: classes }, (_, k) => {
    let support = 0
    let predicted = 0
    for (let j = 0; j < classes; j++) {
      support += counts[k * classes + j] ?? 0
      predicted += counts[j * classes + k] ?? 0
    }
    const hits = counts[k * classes + k] ?? 0
    const precision = predicted > 0 ? hits / predicted : 0
    const recall = support > 0 ? hits / support : 0
    return { precision, recall, f1: support + predicted > 0 ? (2 * hits) / (support + predicted) : 0, support }
  })
}
