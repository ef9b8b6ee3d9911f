// ORT sessions are made here and nowhere else, with the options that were measured to be fastest on a CPU.
import { availableParallelism } from 'node:os'
import { InferenceSession } from 'onnxruntime-node'

export interface SessionOptions {
  /** Threads within an operator; the smaller of 2 and the number of cores where left out. */
  readonly threads?: number
  /**
   * False compiles the graph as it is. Training steps are: ours are written in the operators that ORT would fuse into, its passes made none of the
   * measured ones faster and take two thirds of the time to compile. Also to find the node that an error is about.
   */
  readonly optimize?: boolean
}

let first = true

/** Whether none was made in this process so far. */
export const noSessionYet = (): boolean => first

/** One execution at a time, memory arena on, denormals as zero (they cost 19 times a normal number; ORT takes that option from the first session of a process). */
export async function createSession(bytes: Uint8Array, { threads, optimize = true }: SessionOptions = {}): Promise<InferenceSession> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads ?? Math.min(availableParallelism(), 2),
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: optimize ? 'all' : 'disabled',
    enableCpuMemArena: true,
    // A pattern is one block for all that lives at once, beside what the first run took: twice the memory, and no time gained where measured.
    enableMemPattern: false,
    logSeverityLevel: 3,
    ...(first && { extra: { session: { set_denormal_as_zero: '1' } } }),
  }
  first = false
  return InferenceSession.create(bytes, options)
}
