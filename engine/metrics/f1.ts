// Macro F1: mean of the classes' F1.
import { classScores, confusion } from './confusion.ts'
import type { MetricDef } from './metric.ts'

/** Classes that are neither labelled nor predicted among the rows are left out of the mean. */
export const f1: MetricDef = {
  title: 'Macro F1',
  description: 'Mean over classes of the harmonic mean of precision and recall',
  lowerIsBetter: false,
  compute: (predictions, rows) => {
    const { classes } = predictions
    const counts = confusion(predictions, rows)
    const seen = classScores(counts, classes).filter((s, k) => s.support > 0 || columnSum(counts, classes, k) > 0)
    return seen.reduce((sum, s) => sum + s.f1, 0) / seen.length
  },
}

function columnSum(counts: Float64Array, classes: number, k: number): number {
  let sum = 0
  for (let j = 0; j < classes; j++) sum += counts[j * classes + k] ?? 0
  return sum
}
