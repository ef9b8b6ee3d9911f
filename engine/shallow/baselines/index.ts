// Registry of baselines by task: one line a task; a task of another kind brings a BaselineDef of its own.
import { LatheError } from '../../contract/errors.ts'
import { gradients } from '../features/gradients.ts'
import { features } from '../features/index.ts'
import { anomalyBaseline } from './anomaly.ts'
import type { BaselineDef } from './baseline.ts'
import { classificationBaseline } from './classification.ts'
import { detectionBaseline } from './detection.ts'
import { forecastBaseline } from './forecast.ts'
import { languageBaseline } from './language.ts'
import { multilabelBaseline } from './multilabel.ts'
import { recommendationBaseline } from './recommendation.ts'
import { regressionBaseline } from './regression.ts'
import { segmentationBaseline } from './segmentation.ts'
import { speechBaseline } from './speech.ts'
import { taggingBaseline } from './tagging.ts'
import { translationBaseline } from './translation.ts'

export const baselines = {
  'image-classification': classificationBaseline(features.image),
  'image-multilabel': multilabelBaseline(gradients),
  'object-detection': detectionBaseline,
  segmentation: segmentationBaseline,
  'text-classification': classificationBaseline(features.text),
  'text-pair': classificationBaseline(features['text-pair']),
  'text-tagging': taggingBaseline,
  translation: translationBaseline,
  'keyword-spotting': classificationBaseline(features.audio),
  'speaker-identification': classificationBaseline(features.audio),
  'speech-to-text': speechBaseline,
  'series-forecast': forecastBaseline,
  'series-classification': classificationBaseline(features.series),
  'tabular-classification': classificationBaseline(features.row),
  'tabular-regression': regressionBaseline(features.row),
  'anomaly-detection': anomalyBaseline(features.series),
  recommendation: recommendationBaseline,
  'language-model': languageBaseline,
} satisfies Record<string, BaselineDef>

/** Throws LatheError `usage` for a task that nothing is compared with. */
export function baselineOf(task: string): BaselineDef {
  const found: BaselineDef | undefined = (baselines as Record<string, BaselineDef>)[task]
  if (!found) throw new LatheError('usage', `no shallow model learns the task ${task}; there are some for ${Object.keys(baselines).join(', ')}`)
  return found
}
