// TrainEvent: all that a run tells while it goes, in order; written to the project, then shown.
import type { CheckpointId, RunId } from './ids.ts'
import type { SerializedError } from './errors.ts'

export type RunStatus = 'queued' | 'running' | 'paused' | 'stopped' | 'finished' | 'failed' | 'crashed'

export interface MetricPoint {
  /** `split/metric` in lower case: `val/accuracy`, or `train/lr`, `train/throughput`. */
  readonly name: string
  readonly step: number
  /** Epochs done, fractional inside an epoch. */
  readonly epoch: number
  readonly value: number
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface TrainProgress {
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly steps: number
  readonly samplesPerSecond: number
  /** Seconds left; null until it can be said. */
  readonly etaSeconds: number | null
}

export type TrainEvent =
  | { readonly type: 'started'; readonly run: RunId; readonly parameters: number; readonly resumedAtStep: number }
  | { readonly type: 'metrics'; readonly run: RunId; readonly points: readonly MetricPoint[] }
  | { readonly type: 'progress'; readonly run: RunId; readonly progress: TrainProgress }
  | { readonly type: 'checkpoint'; readonly run: RunId; readonly checkpoint: CheckpointId; readonly kind: 'last' | 'best'; readonly epoch: number; readonly step: number }
  | { readonly type: 'warning'; readonly run: RunId; readonly message: string }
  | { readonly type: 'ended'; readonly run: RunId; readonly status: RunStatus; readonly error?: SerializedError }
