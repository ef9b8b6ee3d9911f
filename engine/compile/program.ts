// Program: a graph compiled for ONNX Runtime, and the tensors that go in and come out.
import { Tensor as OrtTensor, type InferenceSession } from 'onnxruntime-node'
import { LatheError } from '../contract/errors.ts'
import type { Graph } from '../graph/graph.ts'
import { topological } from '../graph/order.ts'
import type { Shape, TensorData, ValueType } from '../graph/types.ts'
import { verify } from '../graph/verify.ts'
import { modelBytes } from './bytes.ts'
import { release } from './release.ts'
import { createSession, type SessionOptions } from './session.ts'

/** Row-major data with its element type and shape; bool as uint8 bytes. */
export type Tensor = TensorData

export interface Port extends ValueType {
  readonly name: string
}

export interface ProgramOptions extends SessionOptions {
  /** Parameters as further inputs (fed on each run), or their values, fixed. */
  readonly parameters?: 'inputs' | ReadonlyMap<string, Float32Array>
}

/** The ORT tensor behind a Tensor, so that outputs are fed on without a copy. */
const behind = new WeakMap<Tensor, OrtTensor>()

/** `data` is not copied: writing to it changes what the next run sees. */
export function tensor(dtype: Tensor['dtype'], data: Tensor['data'], shape: readonly number[]): Tensor {
  return { dtype, data, shape }
}

function toOrt(value: Tensor): OrtTensor {
  const known = behind.get(value)
  if (known) return known
  const made = new OrtTensor(value.dtype as 'float32', value.data as Float32Array, value.shape)
  // ORT makes a Float16Array of the bits, which its binding then reads as empty.
  if (value.dtype === 'float16') Object.defineProperty(made, 'data', { value: value.data })
  behind.set(value, made)
  return made
}

function fromOrt(value: OrtTensor): Tensor {
  const made: Tensor = { dtype: value.type as Tensor['dtype'], shape: value.dims, data: value.data }
  behind.set(made, value)
  return made
}

export class Program implements AsyncDisposable {
  readonly name: string
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  #session: InferenceSession | null

  private constructor(name: string, inputs: readonly Port[], outputs: readonly Port[], session: InferenceSession) {
    this.name = name
    this.inputs = inputs
    this.outputs = outputs
    this.#session = session
  }

  /** Verifies and compiles. Throws LatheError of kind `graph` that names what is wrong. */
  static async create(graph: Graph, { parameters = 'inputs', ...options }: ProgramOptions = {}): Promise<Program> {
    verify(graph)
    const bytes = modelBytes(graph, { parameters })
    const read = new Set(topological(graph, graph.outputs.values()).flatMap((n) => n.inputs))
    for (const v of graph.outputs.values()) read.add(v)
    const leaves = parameters === 'inputs' ? graph.parameters.filter((p) => read.has(p) && !graph.bound.has(p)) : []
    const ports = [...graph.inputs, ...leaves].map(({ name, dtype, shape }) => ({ name, dtype, shape }))
    const outputs = [...graph.outputs].map(([name, { dtype, shape }]) => ({ name, dtype, shape }))
    return new Program(graph.name, ports, outputs, await open(graph.name, bytes, options))
  }

  /** Compiles the bytes of a model file. Inputs and outputs are what the file declares. */
  static async load(name: string, bytes: Uint8Array, options: SessionOptions = {}): Promise<Program> {
    const session = await open(name, bytes, options)
    return new Program(name, session.inputMetadata.map(port), session.outputMetadata.map(port), session)
  }

  /** Every input of `inputs` by name. Runs on the calling thread's time: keep it off the main process. Outputs named in `into` are written there, and not returned. */
  async run(feeds: Readonly<Record<string, Tensor>>, into: Readonly<Record<string, Tensor>> = {}): Promise<Record<string, Tensor>> {
    const session = this.#session
    if (!session) throw new LatheError('graph', `program '${this.name}' was disposed and cannot run`)
    const given: Record<string, OrtTensor> = {}
    for (const wanted of this.inputs) {
      const value = feeds[wanted.name]
      if (!value) throw new LatheError('graph', `program '${this.name}': input '${wanted.name}' is not fed`)
      check(this.name, wanted, value)
      given[wanted.name] = toOrt(value)
    }
    for (const name of Object.keys(feeds)) if (!(name in given)) throw new LatheError('graph', `program '${this.name}' has no input '${name}'; it has ${this.inputs.map((i) => i.name).join(', ')}`)
    let results: InferenceSession.OnnxValueMapType
    try {
      results = await (Object.keys(into).length === 0 ? session.run(given) : session.run(given, Object.fromEntries(this.outputs.map(({ name }) => [name, into[name] ? toOrt(into[name]) : null]))))
    } catch (error) {
      throw new LatheError('graph', `program '${this.name}' failed to run: ${messageOf(error)}`, undefined, { cause: error })
    }
    const out: Record<string, Tensor> = {}
    for (const [name, value] of Object.entries(results)) {
      if (into[name]) release(value)
      else out[name] = fromOrt(value)
    }
    return out
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const session = this.#session
    this.#session = null
    await session?.release()
  }
}

async function open(name: string, bytes: Uint8Array, options: SessionOptions): Promise<InferenceSession> {
  try {
    return await createSession(bytes, options)
  } catch (error) {
    throw new LatheError('graph', `program '${name}' cannot be compiled: ${messageOf(error)}`, undefined, { cause: error })
  }
}

function port(meta: InferenceSession.ValueMetadata): Port {
  if (!meta.isTensor) throw new LatheError('graph', `'${meta.name}' is no tensor`)
  return { name: meta.name, dtype: meta.type as Port['dtype'], shape: meta.shape.map((d, i) => (typeof d === 'string' && d === '' ? `${meta.name}_${i}` : d)) }
}

function check(program: string, wanted: Port, value: Tensor): void {
  const fits = (shape: Shape): boolean => shape.length === value.shape.length && shape.every((d, i) => typeof d === 'string' || d === value.shape[i])
  if (value.dtype === wanted.dtype && fits(wanted.shape)) return
  throw new LatheError('graph', `program '${program}': input '${wanted.name}' is ${value.dtype} [${value.shape.join(', ')}], expected ${wanted.dtype} [${wanted.shape.join(', ')}]`)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
