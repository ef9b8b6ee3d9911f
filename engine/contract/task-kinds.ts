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
  /** What a recipe's `loss` may be: the task's own first, by name in engine/losses, or in words where it is put together of several. */
  readonly losses: readonly string[]
  /** Whether samples are sequences of many lengths, of which batches may be padded to several. */
  readonly padded?: true
}

const CLASS = ['softmax-cross-entropy', 'focal']

export const taskKinds: Readonly<Record<string, TaskKind>> = {
  'image-classification': { input: 'image', label: 'class', classes: 2, hits: 'accuracy', losses: CLASS, averages: true },
  'image-multilabel': { input: 'image', label: 'classes', classes: 1, hits: 'exact', losses: ['binary-cross-entropy', 'focal'], averages: true },
  'object-detection': { input: 'image', label: 'boxes', classes: 1, hits: 'overlap', losses: ['giou', 'iou'], averages: false },
  segmentation: { input: 'image', label: 'mask', classes: 1, hits: 'pixel-accuracy', losses: ['cross-entropy and Dice', 'softmax-cross-entropy', 'dice', 'focal'], averages: true },
  'text-classification': { input: 'text', label: 'class', classes: 2, hits: 'accuracy', losses: CLASS, averages: true, padded: true },
  'text-pair': { input: 'text-pair', label: 'class', classes: 2, hits: 'accuracy', losses: CLASS, averages: true, padded: true },
  'text-tagging': { input: 'text', label: 'spans', classes: 1, hits: 'token_accuracy', losses: CLASS, averages: true, padded: true },
  'language-model': { input: 'text', label: 'none', classes: 0, hits: 'accuracy', losses: CLASS, averages: true },
  translation: { input: 'text', label: 'text', classes: 0, hits: 'accuracy', losses: CLASS, averages: true, padded: true },
  'keyword-spotting': { input: 'audio', label: 'class', classes: 2, hits: 'accuracy', losses: CLASS, averages: true },
  'speaker-identification': { input: 'audio', label: 'class', classes: 2, hits: 'accuracy', losses: [...CLASS, 'triplet'], averages: true },
  'speech-to-text': { input: 'audio', label: 'text', classes: 0, hits: null, losses: ['ctc'], averages: false },
  'series-forecast': { input: 'row', label: 'number', classes: 0, hits: null, losses: ['quantile', 'mse', 'mae', 'huber'], averages: true },
  'series-classification': { input: 'series', label: 'class', classes: 2, hits: 'accuracy', losses: CLASS, averages: true },
  'tabular-classification': { input: 'row', label: 'class', classes: 2, hits: 'accuracy', losses: CLASS, averages: true },
  'tabular-regression': { input: 'row', label: 'number', classes: 0, hits: null, losses: ['mse', 'mae', 'huber', 'quantile'], averages: true },
  recommendation: { input: 'rating', label: 'number', classes: 0, hits: 'hit10', losses: ['softmax-cross-entropy', 'bpr', 'mse'], averages: true },
  'anomaly-detection': { input: 'series', label: 'class', classes: 1, hits: null, losses: ['mse', 'mae', 'huber'], averages: false },
}

/** Whether single predictions are right or wrong; numbers are near or far, and a text without a label has a loss only. */
export function isJudged(task: string): boolean {
  const { label, hits } = taskKind(task)
  return label !== 'none' && (label !== 'number' || hits !== null)
}

/** Tasks that may begin from the body of an ONNX file: those whose samples reach a network as one tensor of numbers. */
export const FROM_FILE: readonly string[] = ['image-classification', 'image-multilabel', 'series-classification', 'tabular-classification', 'tabular-regression', 'keyword-spotting', 'speaker-identification']

/** Of a task that this version does not know: a picture with a class, so that its project can still be looked at. */
export function taskKind(task: string): TaskKind {
  return taskKinds[task] ?? { input: 'image', label: 'class', classes: 2, hits: 'accuracy', losses: CLASS, averages: false }
}

/** Why an ensemble of the task is refused, in one line. */
export const noMean = (task: string): string => `networks of the task ${task} cannot answer as one: their answers have no mean; use the best run alone`
