// How two threads tell each other to begin and that it is done: one shared number, watched for a moment and then slept on.
import type { Place, SharedPlaces } from './shared-tensors.ts'

export interface BackgroundWork {
  readonly models: readonly Uint8Array[]
  readonly jobs: readonly { readonly model: number; readonly inputs: Readonly<Record<string, Place>>; readonly outputs: Readonly<Record<string, Place>> }[]
  /** Where the tensors of the jobs are. */
  readonly shared: SharedPlaces
  /** SIGNAL, JOB and MESSAGE. */
  readonly control: SharedPlaces
}

/** The signal, which of the jobs it is about, and what went wrong in UTF-8, ended by a zero. */
export const [SIGNAL, JOB, MESSAGE] = ['signal', 'job', 'message']

/** What the number says. `failed` comes with a message. */
export const STATE = { idle: 0, begin: 1, done: 2, failed: 3, stop: 4 } as const
export type State = (typeof STATE)[keyof typeof STATE]

/** Looks at the number before a thread sleeps: waking costs about 50 µs, what comes sooner is seen at once. */
const LOOKS = 20_000

export function tell(signal: Int32Array, state: State): void {
  Atomics.store(signal, 0, state)
  Atomics.notify(signal, 0)
}

/** Blocks until the number is another than `state`, or for `ms`; returns what it is. */
export function leave(signal: Int32Array, state: State, ms = Infinity): number {
  for (let i = 0; i < LOOKS; i++) {
    const now = Atomics.load(signal, 0)
    if (now !== state) return now
  }
  Atomics.wait(signal, 0, state, ms)
  return Atomics.load(signal, 0)
}
