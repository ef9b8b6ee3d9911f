// BaselineDef: which models without hidden layers a task is compared with, and by which number.
import type { Progress } from '../../contract/commands.ts'
import type { Split } from '../../contract/recipe.ts'
import type { LoadSample } from '../../data/types.ts'
import type { Interval } from '../../metrics/metric.ts'
import type { ScoredRow } from '../../tasks/task.ts'
import type { Features } from '../features/features.ts'
import type { Fitted } from '../fitted.ts'

export interface BaselineRequest {
  /** All of the frozen data, each with its split. */
  readonly samples: readonly LoadSample[]
  readonly classes: readonly string[]
  /** Measured on; training and choosing of settings never see it. */
  readonly split: Split
  readonly seed: number
  read(id: number): Promise<Uint8Array> | Uint8Array
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
  readonly values: ReadonlyMap<number, number>
  /** Null where it cannot become a file. */
  readonly exportable: { readonly fitted: Fitted; readonly features: Features } | null
}

export interface Ranking {
  /** Bare name of the metric that ranks. */
  readonly metric: string
  readonly lowerIsBetter: boolean
  /** From the values of samples to the metric: their mean, or the root of it. */
  readonly aggregate: 'mean' | 'root-mean'
}

export interface BaselineDef {
  readonly ranking: Ranking
  /** Each as it is done, in no order of merit. Throws LatheError `data` where the splits do not allow it. */
  run(request: BaselineRequest): AsyncGenerator<BaselineModel>
  /** The same value of a row of a network; null where the row has none. */
  valueOf(row: ScoredRow): number | null
}
