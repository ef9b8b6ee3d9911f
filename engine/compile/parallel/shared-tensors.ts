// Tensors in memory that threads share. Of WebAssembly, because ONNX Runtime's binding refuses other shared buffers.
import type { Tensor } from '../program.ts'

/** Element types that are shared. */
const ARRAYS = { float32: Float32Array, int32: Int32Array, int64: BigInt64Array, uint8: Uint8Array } as const
type SharedType = keyof typeof ARRAYS

/** As Node's types have it in a browser only: https://webassembly.github.io/spec/js-api/#memories */
interface Memory {
  readonly buffer: SharedArrayBuffer
}
const { Memory } = (globalThis as unknown as { readonly WebAssembly: { readonly Memory: new (pages: { readonly initial: number; readonly maximum: number; readonly shared: true }) => Memory } }).WebAssembly

export interface SharedSpec {
  readonly dtype: SharedType
  readonly shape: readonly number[]
}

export interface Place extends SharedSpec {
  /** First byte. */
  readonly at: number
}

/** What another thread needs to see the same tensors: can be sent in a message. */
export interface SharedPlaces {
  readonly memory: Memory
  readonly places: Readonly<Record<string, Place>>
}

const PAGE = 65_536
/** Bytes that a tensor begins at a multiple of: a cache line. */
const ALIGNED = 64

export class SharedTensors implements SharedPlaces {
  readonly memory: Memory
  readonly places: Readonly<Record<string, Place>>
  /** Views of the memory, by name. */
  readonly tensors: Readonly<Record<string, Tensor>>

  /** All zero. Throws RangeError where the system gives no such memory. */
  static create(specs: Readonly<Record<string, SharedSpec>>): SharedTensors {
    let end = 0
    const places: Record<string, Place> = {}
    for (const [name, { dtype, shape }] of Object.entries(specs)) {
      places[name] = { dtype, shape, at: end }
      const bytes = shape.reduce((a, b) => a * b, ARRAYS[dtype].BYTES_PER_ELEMENT)
      end += Math.ceil(bytes / ALIGNED) * ALIGNED
    }
    const pages = Math.max(1, Math.ceil(end / PAGE))
    return new SharedTensors({ memory: new Memory({ initial: pages, maximum: pages, shared: true }), places })
  }

  constructor({ memory, places }: SharedPlaces) {
    this.memory = memory
    this.places = places
    this.tensors = Object.fromEntries(Object.entries(places).map(([name, place]) => [name, this.view(place)]))
  }

  /** A new tensor of what is there. */
  view({ dtype, shape, at }: Place): Tensor {
    return { dtype, shape, data: new ARRAYS[dtype](this.memory.buffer as ArrayBufferLike as ArrayBuffer, at, shape.reduce((a, b) => a * b, 1)) }
  }

  /** Elements `from` to `to` of a vector. */
  stretch(name: string, from: number, to: number): Place {
    const place = this.places[name]
    if (!place) throw new RangeError(`no shared tensor '${name}'; there are ${Object.keys(this.places).join(', ')}`)
    return { dtype: place.dtype, shape: [to - from], at: place.at + from * ARRAYS[place.dtype].BYTES_PER_ELEMENT }
  }
}
