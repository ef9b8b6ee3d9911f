// Loading: stored images → pixels, decoded once, resized to the model's input, kept as uint8 in memory.
import { availableParallelism } from 'node:os'
import type { Progress } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { ImageInput } from '../contract/recipe.ts'
import { DecodeError } from './decode-error.ts'
import { decode } from './decode.ts'
import { Ordered } from './ordered.ts'
import type { Pixels } from './types.ts'

/** Most bytes of pixels that a set may hold in memory. */
export const MEMORY_BUDGET = 512 * 1024 * 1024

export interface LoadOptions {
  readonly ids: readonly number[]
  /** Source bytes of a sample. */
  readonly read: (id: number) => Promise<Uint8Array> | Uint8Array
  readonly input: ImageInput
  /** Resizes one image of `input.channels` channels to the input size; not called where the size is right already. */
  readonly resize: (pixels: Pixels) => Promise<Uint8Array>
  /** Told the size that the sample at place `at` of `ids` has before resizing. */
  readonly onSize?: (at: number, height: number, width: number) => void
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
  readonly budget?: number
}

/** Grey ↔ RGB: luma by ITU-R BT.601 (0.299, 0.587, 0.114), rounded; grey is repeated. */
export function toChannels(pixels: Pixels, channels: 1 | 3): Pixels {
  if (pixels.channels === channels) return pixels
  const count = pixels.width * pixels.height
  const source = pixels.data
  const data = new Uint8Array(count * channels)
  for (let i = 0; i < count; i++) {
    if (channels === 1) data[i] = Math.round(0.299 * (source[i * 3] ?? 0) + 0.587 * (source[i * 3 + 1] ?? 0) + 0.114 * (source[i * 3 + 2] ?? 0))
    else data.fill(source[i] ?? 0, i * 3, i * 3 + 3)
  }
  return { ...pixels, channels, data }
}

/**
 * Decodes every sample once: HWC bytes, one image after another.
 * @throws {LatheError} `data` where the set is over the budget or an image cannot be read; AbortError by `signal`.
 */
export async function loadPixels(options: LoadOptions): Promise<Uint8Array> {
  const { ids, input, signal } = options
  const size = input.height * input.width * input.channels
  const budget = options.budget ?? MEMORY_BUDGET
  const count = ids.length
  if (size * count > budget) {
    const mb = (bytes: number): string => Math.ceil(bytes / 2 ** 20).toLocaleString('en')
    throw new LatheError('data', `${count.toLocaleString('en')} images of ${input.height} × ${input.width} × ${input.channels} take ${mb(size * count)} MB, at most ${mb(budget)} MB fit in memory: choose a smaller input size, or use fewer samples`)
  }
  const pixels = new Uint8Array(size * count)
  let done = 0
  let told = 0
  const window = new Ordered<{ at: number; data: Uint8Array | Error }>(availableParallelism() * 4, ({ at, data }) => {
    if (data instanceof Error) throw data
    pixels.set(data, at * size)
    done++
    const now = performance.now()
    if (now - told > 100) {
      told = now
      options.onProgress?.({ done, total: count, stage: 'decoding' })
    }
    return Promise.resolve()
  })
  for (const [at, id] of ids.entries()) {
    signal?.throwIfAborted()
    await window.push(one(options, id, at).then((data) => ({ at, data })))
  }
  await window.drain()
  options.onProgress?.({ done: count, total: count, stage: 'decoding' })
  return pixels
}

async function one({ read, input, resize, onSize }: LoadOptions, id: number, at: number): Promise<Uint8Array | Error> {
  try {
    const image = toChannels(await decode(await read(id)), input.channels)
    onSize?.(at, image.height, image.width)
    return image.height === input.height && image.width === input.width ? image.data : await resize(image)
  } catch (error) {
    if (error instanceof LatheError) return error
    return new LatheError('data', `sample ${id} cannot be read: ${error instanceof DecodeError ? error.reason : error instanceof Error ? error.message : String(error)}`, { sample: id }, { cause: error })
  }
}
