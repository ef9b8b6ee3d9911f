// BackgroundProgram: a graph compiled in a thread of its own, fed from shared tensors, so that it runs while the calling thread runs another.
import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { LatheError } from '../../contract/errors.ts'
import type { Graph } from '../../graph/graph.ts'
import { sameShape, type ValueType } from '../../graph/types.ts'
import { verify } from '../../graph/verify.ts'
import { modelBytes } from '../bytes.ts'
import { createSession, noSessionYet } from '../session.ts'
import { SharedTensors, type Place } from './shared-tensors.ts'
import { FEW_LOOKS, JOB, MESSAGE, SIGNAL, STATE, TOOK, leave, tell, type BackgroundWork, type Ready } from './signal.ts'

/** Bytes of an error's text. */
const TEXT = 2000
/** Milliseconds of a run after which its thread is asked whether it lives. */
const PATIENCE = 1000
/** Milliseconds that a thread has to give its memory back. */
const FAREWELL = 5000

/** Beside this file in the sources, beside the bundle in a build. */
const thread = (): URL => new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

/** Signals of runs under way. A process that leaves waits for them: ONNX Runtime's binding aborts where its thread is taken away in a run. */
const underway = new Set<Int32Array>()
let watching = false

function watch(signal: Int32Array): void {
  underway.add(signal)
  if (!watching) process.on('exit', () => { for (const each of underway) leave(each, STATE.begin, FAREWELL) })
  watching = true
}

/** A graph whose shapes are all static, and where in the shared memory its inputs and outputs are. */
export interface Stage {
  readonly graph: Graph
  /** Of ONNX Runtime, within an operator; its own choice where null. Of a graph always the same. */
  readonly threads: number | null
  readonly inputs: Readonly<Record<string, Place>>
  readonly outputs: Readonly<Record<string, Place>>
}

/** What a thread does at once: one stage after another, and before each but the first it waits for the other threads of its team. Null is a stage without it. */
export type Job = readonly (Stage | null)[]

/** Inputs and outputs of `graph` in the shared tensors of their names, but for those of `named`. Throws LatheError `graph` where there is none that fits. */
export function stageOn(graph: Graph, shared: SharedTensors, named: Readonly<Record<string, Place>> = {}, threads: number | null = 1): Stage {
  const place = (name: string, { dtype, shape }: ValueType): readonly [string, Place] => {
    const found = named[name] ?? shared.places[name]
    if (!found) throw new LatheError('graph', `program '${graph.name}': '${name}' is not among the shared tensors ${Object.keys(shared.places).join(', ')}`)
    if (found.dtype !== dtype || !sameShape(found.shape, shape)) throw new LatheError('graph', `program '${graph.name}': '${name}' is ${dtype} [${shape.join(', ')}], its shared tensor ${found.dtype} [${found.shape.join(', ')}]`)
    return [name, found]
  }
  return { graph, threads, inputs: Object.fromEntries(graph.inputs.map((v) => place(v.name, v))), outputs: Object.fromEntries([...graph.outputs].map(([name, v]) => place(name, v))) }
}

export class BackgroundProgram implements AsyncDisposable {
  readonly name: string
  /** Whether denormal numbers count as zero in its thread. */
  readonly flushes: boolean
  readonly #worker: Worker
  readonly #signal: Int32Array
  readonly #job: Int32Array
  readonly #took: Float32Array
  readonly #message: Uint8Array
  #died: string | null = null

  /** Runs its jobs one at a time; a team meets at `meeting`. Throws LatheError `graph` where one cannot be compiled, or the system gives no thread or no shared memory. */
  static async create(jobs: readonly Job[], shared: SharedTensors, meeting: BackgroundWork['meeting'] = null): Promise<BackgroundProgram> {
    const stages = jobs.flatMap((job) => job.flatMap((stage) => stage ?? []))
    const threadsOf = new Map(stages.map(({ graph, threads }) => [graph, threads]))
    const graphs = [...threadsOf.keys()]
    for (const graph of graphs) verify(graph)
    const name = graphs.map((graph) => graph.name).join(', ')
    try {
      // ORT sets the mode for denormal numbers in the thread that makes the first session, and threads begin with the mode of the one that makes them.
      if (noSessionYet() && graphs[0]) await (await createSession(modelBytes(graphs[0]), { threads: 1, optimize: false })).release()
      const control = SharedTensors.create({ [SIGNAL]: { dtype: 'int32', shape: [1] }, [JOB]: { dtype: 'int32', shape: [1] }, [TOOK]: { dtype: 'float32', shape: [1] }, [MESSAGE]: { dtype: 'uint8', shape: [TEXT] } })
      const workerData: BackgroundWork = {
        models: graphs.map((graph) => ({ bytes: modelBytes(graph), threads: threadsOf.get(graph) ?? null })),
        jobs: jobs.map((job) => job.map((stage) => stage && { model: graphs.indexOf(stage.graph), inputs: stage.inputs, outputs: stage.outputs })),
        meeting,
        shared: { memory: shared.memory, places: {} },
        control: { memory: control.memory, places: control.places },
      }
      const worker = new Worker(thread(), { workerData, name })
      const ready = await new Promise<Ready>((resolve, reject) => {
        worker.once('message', (said: Ready) => { resolve(said) })
        worker.once('error', reject)
        worker.once('exit', (code) => { reject(new Error(`its thread ended with code ${code}`)) })
      })
      return new BackgroundProgram(name, worker, control, ready)
    } catch (error) {
      throw new LatheError('graph', `program '${name}' cannot be compiled in a thread of its own: ${error instanceof Error ? error.message : String(error)}`, undefined, { cause: error })
    }
  }

  private constructor(name: string, worker: Worker, { tensors: { [SIGNAL]: signal, [JOB]: job, [TOOK]: took, [MESSAGE]: message } }: SharedTensors, { flushes }: Ready) {
    this.name = name
    this.flushes = flushes
    this.#took = took?.data as Float32Array
    this.#worker = worker
    this.#signal = signal?.data as Int32Array
    this.#job = job?.data as Int32Array
    this.#message = message?.data as Uint8Array
    worker.on('error', (error) => { this.#died ??= error instanceof Error ? error.message : String(error) })
    worker.on('exit', (code) => { this.#died ??= `it ended with code ${code}` })
    // Whoever forgets to dispose of it can still leave.
    worker.unref()
  }

  /** Milliseconds of its last job. */
  get took(): number {
    return this.#took[0] ?? 0
  }

  /** Begins a job, by its number, on what its inputs hold. They must not be written before `finish`. */
  start(job = 0): void {
    watch(this.#signal)
    this.#job[0] = job
    tell(this.#signal, STATE.begin)
  }

  /** Waits for the job, on the calling thread's time; its outputs are then in their places. Throws LatheError `graph`. */
  async finish(): Promise<void> {
    let state = leave(this.#signal, STATE.begin, PATIENCE, FEW_LOOKS)
    while (state === STATE.begin && this.#died === null) {
      await nextTurn()
      state = leave(this.#signal, STATE.begin, PATIENCE)
    }
    underway.delete(this.#signal)
    if (state === STATE.done) return
    if (state === STATE.begin) throw new LatheError('graph', `program '${this.name}': its thread is gone: ${this.#died ?? ''}`)
    throw new LatheError('graph', `program '${this.name}' failed to run: ${new TextDecoder().decode(this.#message.slice(0, this.#message.indexOf(0)))}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (underway.has(this.#signal)) await this.finish().catch(() => undefined)
    if (this.#died !== null) return
    this.#worker.ref()
    const exit = once(this.#worker, 'exit')
    tell(this.#signal, STATE.stop)
    const late = setTimeout(() => void this.#worker.terminate(), FAREWELL)
    await exit
    clearTimeout(late)
  }
}
