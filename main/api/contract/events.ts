// AppEvent: all that the window is told without asking; one stream a connection.
import type { Progress } from '../../../engine/contract/commands.ts'
import type { SerializedError } from '../../../engine/contract/errors.ts'
import type { TrainEvent } from '../../../engine/contract/events.ts'
import type { RunId } from '../../../engine/contract/ids.ts'

export type JobKind = 'import' | 'baseline' | 'evaluate' | 'explain' | 'export' | 'predict' | 'sample' | 'train' | 'experiment'
export interface Job {
  readonly id: number
  readonly kind: JobKind
  readonly project: string
  /** For people: "Import of 1,797 images". */
  readonly title: string
  readonly progress: Progress
  readonly cancellable: boolean
  readonly run: RunId | null
}

export interface EngineStatus {
  readonly state: 'starting' | 'idle' | 'busy' | 'crashed'
  readonly pid: number | null
  readonly threads: number
  readonly versions: Readonly<Record<string, string>>
}

export type AppEvent =
  | { readonly type: 'engine'; readonly status: EngineStatus }
  | { readonly type: 'train'; readonly project: string; readonly event: TrainEvent }
  | { readonly type: 'job'; readonly job: Job }
  | { readonly type: 'job-ended'; readonly id: number; readonly kind: JobKind; readonly project: string; readonly error: SerializedError | null }
  /** Something of the project changed: read it again. */
  | { readonly type: 'changed'; readonly project: string; readonly what: 'samples' | 'labels' | 'classes' | 'runs' | 'evaluations' | 'explanations' | 'exports' | 'baselines' }
