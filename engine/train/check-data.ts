// Refuses data that cannot be learned from before anything is compiled, and warns of what will hurt.
import { LatheError } from '../contract/errors.ts'
import type { DataSet } from '../data/types.ts'

/** Labelled samples of each class. */
export function countLabels(set: DataSet, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const label of set.labels) {
    if (label >= classes) throw new LatheError('internal', `a sample has class index ${label}, but there are ${classes} classes`)
    if (label >= 0) counts[label] = (counts[label] ?? 0) + 1
  }
  return counts
}

/** Rows that can be learned from. */
export function labelledRows(set: DataSet): number {
  return set.labels.reduce((n, label) => n + (label >= 0 ? 1 : 0), 0)
}

/** `classes`: names where each row has one class, else null. Throws LatheError `data` for no labels and for one class only. Returns warnings, one line each. */
export function checkTrainData(train: DataSet, val: DataSet | null, classes: readonly string[] | null): string[] {
  if (labelledRows(train) === 0) throw new LatheError('data', `the train split has no labelled samples (${train.count} samples in it); label some, or split the data again`)
  return [...(classes ? classWarnings(train, classes) : []), ...(!val || labelledRows(val) === 0 ? ['no labelled validation samples: the best checkpoint is chosen by training loss, which favours overfitting'] : [])]
}

function classWarnings(train: DataSet, classes: readonly string[]): string[] {
  const counts = countLabels(train, classes.length)
  const present = counts.filter((n) => n > 0).length
  if (present === 1) {
    const only = classes[counts.findIndex((n) => n > 0)] ?? ''
    throw new LatheError('data', `all labelled samples of the train split are of one class, '${shorten(only)}'; a classifier needs at least two classes`)
  }
  const warnings: string[] = []
  const named = (pick: (n: number) => boolean): string[] => classes.filter((_, i) => pick(counts[i] ?? 0)).map((c) => `'${shorten(c)}'`)
  const missing = named((n) => n === 0)
  if (missing.length > 0) warnings.push(`no training samples of class ${list(missing)}: it cannot be learned`)
  const single = named((n) => n === 1)
  if (single.length > 0) warnings.push(`only one training sample of class ${list(single)}: expect poor results for it`)
  return warnings
}

function list(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
}

function shorten(name: string): string {
  return name.length <= 60 ? name : `${name.slice(0, 59)}…`
}
