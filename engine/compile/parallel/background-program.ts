// BackgroundProgram: a graph compiled in a thread of its own, fed from shared tensors, so that it runs while the calling thread runs another.
import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { LatheError } from '../../contract/errors.ts'
import type { Graph } from '../../graph/graph.ts'
import { isStatic } from '../../graph/types.ts'
import { verify } from '../../graph/verify.ts'
import { modelBytes } from '../bytes.ts'
import type { Tensor } from '../program.ts'
import { SharedTensors, isShareable, type SharedSpec } from './shared-tensors.ts'
import { MESSAGE, SIGNAL, STATE, leave, tell, type BackgroundWork } from './signal.ts'

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

export class BackgroundProgram implements AsyncDisposable {
  readonly name: string
  readonly #worker: Worker
  readonly #signal: Int32Array
  readonly #message: Uint8Array
  readonly #outputs: Readonly<Record<string, Tensor>>
  #died: string | null = null

  /**
   * All shapes of the graph are static, and `inputs` has a tensor of each of its inputs. Runs on one thread. Throws LatheError `graph`
   * where it cannot be compiled, or the system gives no thread or no shared memory.
   */
  static async create(graph: Graph, inputs: SharedTensors): Promise<BackgroundProgram> {
    verify(graph)
    for (const { name } of graph.inputs) if (!inputs.tensors[name]) throw new LatheError('graph', `program '${graph.name}': input '${name}' is not among the shared tensors ${Object.keys(inputs.tensors).join(', ')}`)
    const specs = [...graph.outputs].map(([name, { dtype, shape }]): [string, SharedSpec] => {
      if (!isShareable(dtype) || !isStatic(shape)) throw new LatheError('graph', `program '${graph.name}': output '${name}' is ${dtype} [${shape.join(', ')}], expected a type and a shape that threads can share`)
      return [name, { dtype, shape }]
    })
    try {
      const outputs = SharedTensors.create({ ...Object.fromEntries(specs), [SIGNAL]: { dtype: 'int32', shape: [1] }, [MESSAGE]: { dtype: 'uint8', shape: [TEXT] } })
      const workerData: BackgroundWork = { bytes: modelBytes(graph), inputs: { memory: inputs.memory, places: inputs.places }, outputs: { memory: outputs.memory, places: outputs.places } }
      const worker = new Worker(thread(), { workerData, name: graph.name })
      await new Promise((resolve, reject) => {
        worker.once('message', resolve)
        worker.once('error', reject)
        worker.once('exit', (code) => { reject(new Error(`its thread ended with code ${code}`)) })
      })
      return new BackgroundProgram(graph.name, worker, outputs)
    } catch (error) {
      throw new LatheError('graph', `program '${graph.name}' cannot be compiled in a thread of its own: ${error instanceof Error ? error.message : String(error)}`, undefined, { cause: error })
    }
  }

  private constructor(name: string, worker: Worker, { tensors: { [SIGNAL]: signal, [MESSAGE]: message, ...outputs } }: SharedTensors) {
    this.name = name
    this.#worker = worker
    this.#signal = signal?.data as Int32Array
    this.#message = message?.data as Uint8Array
    this.#outputs = outputs
    worker.on('error', (error) => { this.#died ??= error instanceof Error ? error.message : String(error) })
    worker.on('exit', (code) => { this.#died ??= `it ended with code ${code}` })
    // Whoever forgets to dispose of it can still leave.
    worker.unref()
  }

  /** Begins a run on what the shared inputs hold. They must not be written before `finish`. */
  start(): void {
    watch(this.#signal)
    tell(this.#signal, STATE.begin)
  }

  /** Waits for the run, on the calling thread's time. The tensors are the same after each run. Throws LatheError `graph`. */
  async finish(): Promise<Readonly<Record<string, Tensor>>> {
    let state = leave(this.#signal, STATE.begin, PATIENCE)
    while (state === STATE.begin && this.#died === null) {
      await nextTurn()
      state = leave(this.#signal, STATE.begin, PATIENCE)
    }
    underway.delete(this.#signal)
    if (state === STATE.done) return this.#outputs
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
