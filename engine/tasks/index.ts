// Registry of tasks by id.
import { LatheError } from '../contract/errors.ts'
import { anomalyDetection } from './anomaly-detection.ts'
import { imageClassification } from './image-classification.ts'
import { imageMultilabel } from './image-multilabel.ts'
import { objectDetection } from './object-detection.ts'
import { languageModel } from './language-model.ts'
import { translation } from './translation.ts'
import { keywordSpotting } from './keyword-spotting.ts'
import { recommendation } from './recommendation.ts'
import { segmentation } from './segmentation.ts'
import { seriesClassification } from './series-classification.ts'
import { seriesForecast } from './series-forecast.ts'
import { speakerIdentification } from './speaker-identification.ts'
import { speechToText } from './speech-to-text.ts'
import { tabularClassification } from './tabular-classification.ts'
import { tabularRegression } from './tabular-regression.ts'
import { textClassification } from './text-classification.ts'
import { textPair } from './text-pair.ts'
import { textTagging } from './text-tagging.ts'
import type { TaskDef } from './task.ts'

export const tasks = {
  'image-classification': imageClassification,
  'image-multilabel': imageMultilabel,
  'object-detection': objectDetection,
  segmentation,
  'series-forecast': seriesForecast,
  'series-classification': seriesClassification,
  'anomaly-detection': anomalyDetection,
  'tabular-classification': tabularClassification,
  'tabular-regression': tabularRegression,
  recommendation,
  'language-model': languageModel,
  translation,
  'text-classification': textClassification,
  'text-pair': textPair,
  'text-tagging': textTagging,
  'keyword-spotting': keywordSpotting,
  'speaker-identification': speakerIdentification,
  'speech-to-text': speechToText,
} satisfies Record<string, TaskDef>

/** Throws LatheError `usage` for an unknown id. */
export function task(id: string): TaskDef {
  const found: TaskDef | undefined = (tasks as Record<string, TaskDef>)[id]
  if (!found) throw new LatheError('usage', `there is no task '${id}'; there are ${Object.keys(tasks).join(', ')}`)
  return found
}
