// Loss: mean −log probability of the label.
import type { MetricDef } from './metric.ts'

export const loss: MetricDef = {
  title: 'Loss',
  description: 'Mean cross-entropy in nats, without label smoothing',
  lowerIsBetter: true,
  compute: ({ losses }, rows) => {
    let sum = 0
    for (const i of rows) sum += losses[i] ?? 0
    return sum / rows.length
  },
}
