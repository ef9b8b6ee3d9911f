// What the training loop takes, tells and keeps: options, checkpoint state, events without their run id, outcome.
import type { RunStatus, TrainEvent } from '../contract/events.ts'
import type { RunId } from '../contract/ids.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { DataSet } from '../data/types.ts'
import type { Layout } from './compile-step.ts'
import type { Tuning } from './form.ts'

/** All that resuming needs; the same form as a checkpoint in a project file. Arrays are never changed after they are handed over. */
export interface TrainState {
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[]
  /** All parameters in the order of `parameters`; their average where the recipe averages. */
  readonly weights: Float32Array
  /** Optimizer state by name (`velocity`, `m`, `v`), `gradient_sum` between updates, and `iterate`: the weights being trained where `weights` are their average. Each as long as `weights`. */
  readonly optimizer: Readonly<Record<string, Float32Array>>
  /** JSON; see position.ts. */
  readonly position: Readonly<Record<string, unknown>>
}

/** What is known of a checkpoint when it is saved. */
export interface CheckpointInfo {
  /** Epochs done. */
  readonly epoch: number
  readonly step: number
  /** Latest values by metric name, and `best/…` of the best checkpoint. */
  readonly metrics: Readonly<Record<string, number>>
  readonly weightsHash: string
}

/** `pause` and `stop` end in good order with a checkpoint; `cancel` gives up and throws LatheError `cancelled`. */
export type Control = 'run' | 'pause' | 'stop' | 'cancel'

type WithoutRun<T> = T extends unknown ? Omit<T, 'run'> : never
/** TrainEvents as the loop emits them; `checkpoint` events come from whoever saves, because they carry the row's id. */
export type LoopEvent = WithoutRun<Exclude<TrainEvent, { type: 'checkpoint' }>>

export interface TrainOptions {
  readonly config: TrainConfig
  /** Class names in output order. */
  readonly classes: readonly string[]
  readonly train: DataSet
  readonly val: DataSet | null
  /** Continue exactly where this state was saved (pause, stop, crash, or more epochs). */
  readonly resume: TrainState | null
  /** Start a new run from these weights instead of random ones; ignored with `resume`. */
  readonly from: Pick<TrainState, 'parameters' | 'weights'> | null
  readonly signals: { control(): Control }
  emit(event: LoopEvent): void
  /** Must have stored the state when it returns or resolves. */
  save(kind: 'last' | 'best', state: TrainState, info: CheckpointInfo): void | Promise<void>
  /** Keeps the weights at the end of a stretch; must have stored them when it returns. Asked for where the recipe has `snapshots`. */
  snapshot?(number: number, state: Pick<TrainState, 'parameters' | 'weights'>, info: Pick<CheckpointInfo, 'epoch' | 'weightsHash'>): void | Promise<void>
  /** Threads of ONNX Runtime; its own choice when left out. */
  readonly threads?: number
  /** Memory layout of a new run: 0 standard, else the block; chosen by `form.ts` where left out. A run that goes on keeps its own. */
  readonly layout?: Layout
  /** Parts of the batch that run side by side, of a new run; chosen by `form.ts` where left out. A run that goes on keeps its own. */
  readonly workers?: number
  /** Remembers which form was measured to be fastest here. */
  readonly tuning?: Tuning
  /** Steps of one run of ONNX Runtime; as many as a short run takes where left out. The numbers are the same. */
  readonly stepsPerRun?: number
  /** Whether steps run beside the loop, which writes the next batch meanwhile; where it pays when left out. The numbers are the same. */
  readonly ahead?: boolean
  /** Most milliseconds between two checkpoints inside an epoch. */
  readonly checkpointEveryMs?: number
}

export interface TrainOutcome {
  readonly status: Extract<RunStatus, 'finished' | 'paused' | 'stopped'>
  /** Epochs done in all. */
  readonly epochs: number
  readonly steps: number
  /** Seconds of this session. */
  readonly seconds: number
  /** Latest value by metric name, and `best/…` of the best checkpoint. */
  readonly metrics: Readonly<Record<string, number>>
  /** Of the last weights; see weights-hash.ts. */
  readonly weightsHash: string
  readonly state: TrainState
}

/** Adds the run's id to what the loop emits. */
export function withRun(event: LoopEvent, run: RunId): TrainEvent {
  return { ...event, run }
}
