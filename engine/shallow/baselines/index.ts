// Registry of baselines by task: one line a task; a task of another kind brings a BaselineDef of its own.
import { LatheError } from '../../contract/errors.ts'
import { features } from '../features/index.ts'
import type { BaselineDef } from './baseline.ts'
import { classificationBaseline } from './classification.ts'
import { languageBaseline } from './language.ts'
import { recommendationBaseline } from './recommendation.ts'
import { regressionBaseline } from './regression.ts'

export const baselines = {
  'image-classification': classificationBaseline(features.image),
  'text-classification': classificationBaseline(features.text),
  'text-pair': classificationBaseline(features['text-pair']),
  'keyword-spotting': classificationBaseline(features.audio),
  'speaker-identification': classificationBaseline(features.audio),
  'series-classification': classificationBaseline(features.series),
  'tabular-classification': classificationBaseline(features.row),
  'tabular-regression': regressionBaseline(features.row),
  recommendation: recommendationBaseline,
  'language-model': languageBaseline,
} satisfies Record<string, BaselineDef>

/** Throws LatheError `usage` for a task that nothing is compared with. */
export function baselineOf(task: string): BaselineDef {
  const found: BaselineDef | undefined = (baselines as Record<string, BaselineDef>)[task]
  if (!found) throw new LatheError('usage', `no shallow model learns the task ${task}; there are some for ${Object.keys(baselines).join(', ')}`)
  return found
}
