// runScore(): the one number by which runs of a task are compared: what the task counts as right on validation, else the validation loss.
import { metricName } from './metric-names.ts'
import { taskKind } from './task-kinds.ts'

export interface RunScore {
  /** Bare: `accuracy`. */
  readonly name: string
  readonly value: number
  /** For ordering: larger is better whatever the metric. */
  readonly rank: number
}

interface Scored {
  readonly config: { readonly task: string }
  readonly metrics: Readonly<Record<string, number>>
}

/** Of the best checkpoint where there is one. Null before the first validation. */
export function runScore({ config, metrics }: Scored): RunScore | null {
  for (const name of [taskKind(config.task).hits, 'loss']) {
    if (name === null) continue
    const value = metrics[`best/val/${name}`] ?? metrics[`val/${name}`]
    if (value !== undefined) return { name, value, rank: metricName(name).lowerIsBetter ? -value : value }
  }
  return null
}
