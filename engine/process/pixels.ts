// modelPixels: bytes of any image → HWC pixels at a model's input size, as evaluation and the exported file see them.
import type { ImageInput } from '../contract/recipe.ts'
import { decode } from '../data/decode.ts'
import { toChannels } from '../data/load.ts'
import type { Resizer } from './resizer.ts'

/** @throws DecodeError with the reason when the bytes are no readable image. */
export async function modelPixels(bytes: Uint8Array, input: ImageInput, resizer: Resizer): Promise<Uint8Array> {
  const pixels = toChannels(await decode(bytes), input.channels)
  return pixels.height === input.height && pixels.width === input.width ? pixels.data : await resizer.resize(pixels)
}
