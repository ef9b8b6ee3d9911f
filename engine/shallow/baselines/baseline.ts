// BaselineDef: which models without hidden layers a task is compared with, and by which number.
import type { Progress } from '../../contract/commands.ts'
import type { Split, TrainConfig } from '../../contract/recipe.ts'
import type { LoadSample } from '../../data/types.ts'
import type { Interval } from '../../metrics/metric.ts'
import type { ScoredRow, ScoreRequest } from '../../tasks/task.ts'
import type { Features } from '../features/features.ts'
import type { Fitted, ShallowOutputs } from '../fitted.ts'
import type { Matrix } from '../matrix.ts'

/** What one sample tells of a model: the numbers that `Ranking.measure` makes the metric of. */
export type SampleValues = ArrayLike<number>

export interface BaselineRequest {
  /** All of the frozen data, each with its split. */
  readonly samples: readonly LoadSample[]
  readonly classes: readonly string[]
  /** Measured on; training and choosing of settings never see it. */
  readonly split: Split
  readonly seed: number
  read(id: number): Promise<Uint8Array> | Uint8Array
  /** Recipe of the network beside which they stand, or the default one: what a window of a series is. */
  config(): Promise<TrainConfig>
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  /** Only this one, where given. */
  readonly only?: string
}

export interface BaselineModel {
  readonly name: string
  readonly title: string
  /** What it was given, and the settings chosen on the validation split. */
  readonly note: string
  /** By bare name. */
  readonly metrics: Readonly<Record<string, number>>
  readonly intervals: Readonly<Record<string, Interval>>
  readonly seconds: number
  /** What the comparison is about, of each measured sample. */
  readonly values: ReadonlyMap<number, SampleValues>
  /** Null where it cannot become a file. */
  readonly exportable: { readonly fitted: Fitted; readonly outputs: ShallowOutputs; readonly features: Pick<Features, 'names' | 'describe'>; /** Of the measured split. */ readonly rows: Matrix } | null
}

export interface Ranking {
  /** Bare name of the metric that ranks. */
  readonly metric: string
  readonly lowerIsBetter: boolean
  /** The metric of any samples by their values: the comparison draws them anew. */
  measure(values: readonly SampleValues[]): number
  /** How many neighbours are drawn together, where samples that follow each other are alike; 1 where left out. */
  block?(values: readonly SampleValues[]): number
}

const sumOf = (values: readonly SampleValues[], i: number): number => values.reduce((sum, v) => sum + (v[i] ?? 0), 0)

/** Of samples with one number each. */
export const meanOfValues = (values: readonly SampleValues[]): number => sumOf(values, 0) / values.length
export const rootMeanOfValues = (values: readonly SampleValues[]): number => Math.sqrt(meanOfValues(values))
/** Of samples with two numbers each: all of the first over all of the second. */
export const ratioOfValues = (values: readonly SampleValues[]): number => {
  const below = sumOf(values, 1)
  return below > 0 ? sumOf(values, 0) / below : 0
}
/** All numbers of all samples, added up. */
export function sumsOfValues(values: readonly SampleValues[]): Float64Array {
  const sums = new Float64Array(values[0]?.length ?? 0)
  for (const v of values) for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (v[i] ?? 0)
  return sums
}

/** A network's outputs on the measured split, scored. */
export interface ScoredOutputs extends ScoreRequest {
  readonly rows: readonly ScoredRow[]
}
/** `valuesOf` where a scored row says it all; rows of null are left out. */
export const byRow = (of: (row: ScoredRow) => SampleValues | null) => ({ set, rows }: ScoredOutputs): ReadonlyMap<number, SampleValues> =>
  new Map(rows.flatMap((row, i) => {
    const values = of(row)
    return values === null ? [] : [[set.ids[i] ?? 0, values] as const]
  }))

export interface BaselineDef {
  readonly ranking: Ranking
  /** Each as it is done, in no order of merit. Throws LatheError `data` where the splits do not allow it. */
  run(request: BaselineRequest): AsyncGenerator<BaselineModel>
  /** The same values of a network's outputs, by sample. */
  valuesOf(scored: ScoredOutputs): ReadonlyMap<number, SampleValues>
}
