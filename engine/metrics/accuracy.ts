// Accuracy: share of samples whose most probable class is the label.
import type { MetricDef } from './metric.ts'
import type { Predictions } from './predictions.ts'
import { wilson } from './wilson.ts'

function correct({ labels, predicted }: Predictions, rows: Int32Array): number {
  let n = 0
  for (const i of rows) if (labels[i] === predicted[i]) n++
  return n
}

export const accuracy: MetricDef = {
  title: 'Accuracy',
  description: 'Share of samples whose most probable class is the label',
  lowerIsBetter: false,
  compute: (p, rows) => correct(p, rows) / rows.length,
  interval: (p, rows) => wilson(correct(p, rows), rows.length),
}
