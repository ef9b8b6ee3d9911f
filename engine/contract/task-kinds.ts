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
}

export const taskKinds: Readonly<Record<string, TaskKind>> = {
  'image-classification': { input: 'image', label: 'class', classes: 2, hits: 'accuracy' },
  'image-multilabel': { input: 'image', label: 'classes', classes: 1, hits: 'exact' },
  'object-detection': { input: 'image', label: 'boxes', classes: 1, hits: 'overlap' },
  segmentation: { input: 'image', label: 'mask', classes: 1, hits: 'pixel-accuracy' },
  'text-classification': { input: 'text', label: 'class', classes: 2, hits: 'accuracy' },
  'text-pair': { input: 'text-pair', label: 'class', classes: 2, hits: 'accuracy' },
  'text-tagging': { input: 'text', label: 'spans', classes: 1, hits: 'token_accuracy' },
  'language-model': { input: 'text', label: 'none', classes: 0, hits: 'accuracy' },
  translation: { input: 'text', label: 'text', classes: 0, hits: 'accuracy' },
  'keyword-spotting': { input: 'audio', label: 'class', classes: 2, hits: 'accuracy' },
  'speaker-identification': { input: 'audio', label: 'class', classes: 2, hits: 'accuracy' },
  'speech-to-text': { input: 'audio', label: 'text', classes: 0, hits: null },
  'series-forecast': { input: 'row', label: 'number', classes: 0, hits: null },
  'series-classification': { input: 'series', label: 'class', classes: 2, hits: 'accuracy' },
  'tabular-classification': { input: 'row', label: 'class', classes: 2, hits: 'accuracy' },
  'tabular-regression': { input: 'row', label: 'number', classes: 0, hits: null },
  recommendation: { input: 'rating', label: 'number', classes: 0, hits: 'hit10' },
  'anomaly-detection': { input: 'series', label: 'class', classes: 1, hits: null },
}

/** Of a task that this version does not know: a picture with a class, so that its project can still be looked at. */
export function taskKind(task: string): TaskKind {
  return taskKinds[task] ?? { input: 'image', label: 'class', classes: 2, hits: 'accuracy' }
}
