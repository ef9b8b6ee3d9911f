// What a sample of each task is and what a person says of it: enough for doors and windows, which do not load the tasks themselves.
import type { InputKind } from './input-kind.ts'
import type { LabelKind } from './label.ts'

export interface TaskKind {
  readonly input: InputKind
  readonly label: LabelKind
  /** Fewest classes with samples that training needs; 0 where labels name no classes. */
  readonly classes: 0 | 1 | 2
}

export const taskKinds: Readonly<Record<string, TaskKind>> = {
  'image-classification': { input: 'image', label: 'class', classes: 2 },
  'image-multilabel': { input: 'image', label: 'classes', classes: 1 },
  'object-detection': { input: 'image', label: 'boxes', classes: 1 },
  segmentation: { input: 'image', label: 'mask', classes: 1 },
  'text-classification': { input: 'text', label: 'class', classes: 2 },
  'text-pair': { input: 'text-pair', label: 'class', classes: 2 },
  'text-tagging': { input: 'text', label: 'spans', classes: 1 },
  'language-model': { input: 'text', label: 'none', classes: 0 },
  translation: { input: 'text', label: 'text', classes: 0 },
  'keyword-spotting': { input: 'audio', label: 'class', classes: 2 },
  'speaker-identification': { input: 'audio', label: 'class', classes: 2 },
  'speech-to-text': { input: 'audio', label: 'text', classes: 0 },
  'series-forecast': { input: 'row', label: 'number', classes: 0 },
  'series-classification': { input: 'series', label: 'class', classes: 2 },
  'tabular-classification': { input: 'row', label: 'class', classes: 2 },
  'tabular-regression': { input: 'row', label: 'number', classes: 0 },
  recommendation: { input: 'rating', label: 'number', classes: 0 },
  'anomaly-detection': { input: 'series', label: 'class', classes: 1 },
}

/** Of a task that this version does not know: a picture with a class, so that its project can still be looked at. */
export function taskKind(task: string): TaskKind {
  return taskKinds[task] ?? { input: 'image', label: 'class', classes: 2 }
}
