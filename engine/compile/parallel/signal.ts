// How threads tell each other to begin, that it is done, and that all are there: shared numbers, watched for a moment and then slept on.
import type { Place, SharedPlaces } from './shared-tensors.ts'

export interface BackgroundWork {
  /** With the threads of ONNX Runtime, its own choice where null. */
  readonly models: readonly { readonly bytes: Uint8Array; readonly threads: number | null }[]
  /** Stages of each job; null is one that this thread has no part in. */
  readonly jobs: readonly (readonly ({ readonly model: number; readonly inputs: Readonly<Record<string, Place>>; readonly outputs: Readonly<Record<string, Place>> } | null)[])[]
  /** Where the tensors of the jobs are. */
  readonly shared: SharedPlaces
  /** SIGNAL, JOB, TOOK and MESSAGE. */
  readonly control: SharedPlaces
  /** MEETING: where the threads of a team wait for one another between stages; null for one that is alone. */
  readonly meeting: { readonly place: SharedPlaces; readonly members: number } | null
}

/** What a thread says when its models are compiled. */
export interface Ready {
  /** Whether denormal numbers count as zero in it. */
  readonly flushes: boolean
}

/** The signal, which of the jobs it is about, milliseconds that it took, and what went wrong in UTF-8, ended by a zero. */
export const [SIGNAL, JOB, TOOK, MESSAGE] = ['signal', 'job', 'took', 'message']
/** Threads that have come, and meetings held. */
export const MEETING = 'meeting'
const [ARRIVED, HELD] = [0, 1]

/** What the number says. `failed` comes with a message. */
export const STATE = { idle: 0, begin: 1, done: 2, failed: 3, stop: 4 } as const
export type State = (typeof STATE)[keyof typeof STATE]

/** Looks at the number before a thread sleeps, of about 25 ns each: waking costs about 50 µs, what comes sooner is seen at once. */
const LOOKS = 20_000
/** The same where other threads have work for all cores. */
export const FEW_LOOKS = 2000

export function tell(signal: Int32Array, state: State): void {
  Atomics.store(signal, 0, state)
  Atomics.notify(signal, 0)
}

/** Blocks until the number is another than `state`, or for `ms`; returns what it is. */
export function leave(signal: Int32Array, state: State, ms = Infinity, looks = LOOKS): number {
  look(signal, 0, state, looks)
  Atomics.wait(signal, 0, state, ms)
  return Atomics.load(signal, 0)
}

/** Blocks until all `members` threads are here. */
export function meet(meeting: Int32Array, members: number): void {
  const held = Atomics.load(meeting, HELD)
  if (Atomics.add(meeting, ARRIVED, 1) === members - 1) {
    Atomics.store(meeting, ARRIVED, 0)
    Atomics.add(meeting, HELD, 1)
    Atomics.notify(meeting, HELD)
    return
  }
  look(meeting, HELD, held, LOOKS)
  while (Atomics.load(meeting, HELD) === held) Atomics.wait(meeting, HELD, held)
}

function look(numbers: Int32Array, at: number, value: number, looks: number): void {
  for (let i = 0; i < looks && Atomics.load(numbers, at) === value; i++);
}

/** Whether denormal numbers count as zero in the calling thread. */
export function flushes(): boolean {
  const numbers = Float64Array.of(Number.MIN_VALUE, 1)
  return (numbers[0] ?? 0) * (numbers[1] ?? 0) === 0
}
