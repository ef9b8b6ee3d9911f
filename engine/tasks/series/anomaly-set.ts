// Data of anomaly detection: training and its loss see normal series only; evaluation sees all.
import { LatheError } from '../../contract/errors.ts'
import type { DataSet } from '../../data/types.ts'
import type { LoadRequest } from '../task.ts'
import { seriesSet } from './series-set.ts'

const NORMAL = 'normal'

/** Index of the class of what is normal: the one of that name (also `ok`, `good`), else the first. Throws LatheError `data` where there is no class. */
export function normalClass(classes: readonly string[]): number {
  if (classes.length === 0) throw new LatheError('data', `anomaly detection needs samples of the class '${NORMAL}': label some`)
  const named = classes.findIndex((c) => [NORMAL, 'ok', 'good'].includes(c.toLowerCase()))
  return Math.max(0, named)
}

/** `truth` of a row is true for an anomaly, false for normal, null where nobody has said. */
export async function anomalySet(request: LoadRequest): Promise<DataSet> {
  const { samples, classes, purpose } = request
  const normal = normalClass(classes)
  const learned = purpose === 'train' ? samples.filter((s) => s.class === normal) : samples
  if (purpose === 'train' && learned.length === 0) throw new LatheError('data', `no sample of the training split is '${classes[normal] ?? NORMAL}': an autoencoder learns what is normal from normal samples`)
  const truth = (i: number): boolean | null => {
    const label = learned[i]?.class ?? -1
    return label < 0 ? null : label !== normal
  }
  // In the loss of validation anomalies must not count: it would fall when they are drawn well.
  const labelOf = (i: number): number => (purpose === 'validate' && truth(i) === true ? -1 : (learned[i]?.class ?? -1))
  const set = await seriesSet(request, learned, labelOf, null, truth)
  const { labels: _none, ...tensors } = set.tensors
  return { ...set, tensors }
}
