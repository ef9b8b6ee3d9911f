// A run: one or more steps that are begun and waited for, and the buffers that their batches are written to.
import type { Tensor } from '../compile/program.ts'
import type { TensorData } from '../data/types.ts'
import type { BackgroundStep } from './background-step.ts'
import type { BatchBuffers } from './batches.ts'
import type { Place } from './place.ts'
import type { StepStats } from './step.ts'

/** Places and learning rates of the steps of a run. */
export type Steps = readonly { readonly place: Place; readonly lr: number }[]

export interface Run {
  /** Buffers of each step; not to be written between `start` and `finish`. */
  readonly slots: readonly BatchBuffers[]
  /** Whether it goes on by itself between `start` and `finish`, while another run's slots are written. */
  readonly beside: boolean
  start(steps: Steps): void
  finish(): Promise<readonly StepStats[]>
  /** Milliseconds that the last one took. */
  readonly took: number
}

/** What runs want of the step that holds the weights. */
export interface Holder {
  /** What a run is fed besides its batch. */
  feeds(steps: Steps): Readonly<Record<string, Tensor>>
  /** Goes on from what a run gave; `transient` is good until the run after the next. */
  advance(out: Readonly<Record<string, Tensor>>, transient: boolean): StepStats[]
}

/** The calling thread runs it when it waits for it. */
export function foregroundRun(slots: readonly BatchBuffers[], begin: (steps: Steps) => () => Promise<StepStats[]>): Run {
  let [wait, took]: [() => Promise<StepStats[]>, number] = [() => Promise.resolve([]), 0]
  return {
    slots,
    beside: false,
    start: (steps) => { wait = begin(steps) },
    finish: async () => {
      const from = performance.now()
      const stats = await wait()
      took = performance.now() - from
      return stats
    },
    get took() {
      return took
    },
  }
}

/** One for each set of the program, which is of `times` steps. */
export function backgroundRuns(program: BackgroundStep, holder: Holder, times: number): Run[] {
  return program.sets.map((set, i) => ({
    slots: Array.from({ length: times }, (_, k) => slotOf(set, k, times)),
    beside: true,
    start: (steps) => { program.start(i, holder.feeds(steps)) },
    finish: async () => holder.advance(await program.finish(), true),
    get took() {
      return program.took
    },
  }))
}

/** The k-th of `times` equal parts of what is fed, not copied. */
export function slotOf({ rows, masks, ...tensors }: Readonly<Record<string, Tensor>>, k = 0, times = 1): BatchBuffers {
  const part = <T extends TensorData>(data: T): T => data.subarray((k * data.length) / times, ((k + 1) * data.length) / times) as T
  const weights = part((rows?.data ?? new Float32Array()) as Float32Array)
  return {
    batch: weights.length,
    buffers: Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, part(data as TensorData)])),
    rows: weights,
    masks: part((masks?.data ?? new Uint8Array()) as Uint8Array),
  }
}
