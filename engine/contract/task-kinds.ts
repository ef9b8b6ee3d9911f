// What a sample of each task is and what a person says of it: enough for doors and windows, which do not load the tasks themselves.
import type { InputKind } from './input-kind.ts'
import type { LabelKind } from './label.ts'

export interface TaskKind {
  readonly input: InputKind
  readonly label: LabelKind
  /** Fewest classes with samples that training needs; 0 where labels name no classes. */
  readonly classes: 0 | 1 | 2
  /** Name after `train/` and `val/` of what it counts as right; null where it counts nothing. */
  readonly hits: string | null
  /** Whether several networks can answer as one: boxes, transcripts and thresholds have no mean. */
  readonly averages: boolean
}

export const taskKinds: Readonly<Record<string, TaskKind>> = {
  'image-classification': { input: 'image', label: 'class', classes: 2, hits: 'accuracy', averages: true },
  'image-multilabel': { input: 'image', label: 'classes', classes: 1, hits: 'exact', averages: true },
  'object-detection': { input: 'image', label: 'boxes', classes: 1, hits: 'overlap', averages: false },
  segmentation: { input: 'image', label: 'mask', classes: 1, hits: 'pixel-accuracy', averages: true },
  'text-classification': { input: 'text', label: 'class', classes: 2, hits: 'accuracy', averages: true },
  'text-pair': { input: 'text-pair', label: 'class', classes: 2, hits: 'accuracy', averages: true },
  'text-tagging': { input: 'text', label: 'spans', classes: 1, hits: 'token_accuracy', averages: true },
  'language-model': { input: 'text', label: 'none', classes: 0, hits: 'accuracy', averages: true },
  translation: { input: 'text', label: 'text', classes: 0, hits: 'accuracy', averages: true },
  'keyword-spotting': { input: 'audio', label: 'class', classes: 2, hits: 'accuracy', averages: true },
  'speaker-identification': { input: 'audio', label: 'class', classes: 2, hits: 'accuracy', averages: true },
  'speech-to-text': { input: 'audio', label: 'text', classes: 0, hits: null, averages: false },
  'series-forecast': { input: 'row', label: 'number', classes: 0, hits: null, averages: true },
  'series-classification': { input: 'series', label: 'class', classes: 2, hits: 'accuracy', averages: true },
  'tabular-classification': { input: 'row', label: 'class', classes: 2, hits: 'accuracy', averages: true },
  'tabular-regression': { input: 'row', label: 'number', classes: 0, hits: null, averages: true },
  recommendation: { input: 'rating', label: 'number', classes: 0, hits: 'hit10', averages: true },
  'anomaly-detection': { input: 'series', label: 'class', classes: 1, hits: null, averages: false },
}

/** Whether single predictions are right or wrong; numbers are near or far, and a text without a label has a loss only. */
export function isJudged(task: string): boolean {
  const { label, hits } = taskKind(task)
  return label !== 'none' && (label !== 'number' || hits !== null)
}

/** Of a task that this version does not know: a picture with a class, so that its project can still be looked at. */
export function taskKind(task: string): TaskKind {
  return taskKinds[task] ?? { input: 'image', label: 'class', classes: 2, hits: 'accuracy', averages: false }
}

/** Why an ensemble of the task is refused, in one line. */
export const noMean = (task: string): string => `networks of the task ${task} cannot answer as one: their answers have no mean; use the best run alone`
