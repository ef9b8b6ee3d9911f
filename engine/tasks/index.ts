// Registry of tasks by id.
import { LatheError } from '../contract/errors.ts'
import { anomalyDetection } from './anomaly-detection.ts'
import { imageClassification } from './image-classification.ts'
import { recommendation } from './recommendation.ts'
import { seriesClassification } from './series-classification.ts'
import { seriesForecast } from './series-forecast.ts'
import { tabularClassification } from './tabular-classification.ts'
import { tabularRegression } from './tabular-regression.ts'
import type { TaskDef } from './task.ts'

export const tasks = {
  'image-classification': imageClassification,
  'series-forecast': seriesForecast,
  'series-classification': seriesClassification,
  'anomaly-detection': anomalyDetection,
  'tabular-classification': tabularClassification,
  'tabular-regression': tabularRegression,
  recommendation,
} satisfies Record<string, TaskDef>

/** Throws LatheError `usage` for an unknown id. */
export function task(id: string): TaskDef {
  const found: TaskDef | undefined = (tasks as Record<string, TaskDef>)[id]
  if (!found) throw new LatheError('usage', `there is no task '${id}'; there are ${Object.keys(tasks).join(', ')}`)
  return found
}
