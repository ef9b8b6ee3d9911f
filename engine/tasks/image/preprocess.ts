// Preprocessing as graph nodes: resize and normalise, the same for training, explanation and the exported file.
import type { ImageInput } from '../../contract/recipe.ts'
import { GraphError } from '../../graph/errors.ts'
import type { Value } from '../../graph/graph.ts'
import { add, cast, clip, mul, resize, round, transpose } from '../../ops/build.ts'

/**
 * uint8 [N, H, W, C] to uint8 [N, h, w, C] at the model's size: linear, antialiased, half-pixel centres, then rounded.
 * Because the result is uint8 again, a cache of it gives the same numbers as resizing in the file.
 */
export function resizePixels(pixels: Value, input: ImageInput): Value {
  checkPixels(pixels, input)
  if (pixels.shape[1] === input.height && pixels.shape[2] === input.width) return pixels
  // Channels stay last: ONNX Runtime's transpose optimizer (1.30) breaks the sizes of a Resize with axes between two transposes.
  const resized = resize(cast(pixels, 'float32'), { sizes: [input.height, input.width] }, { axes: [1, 2], mode: 'linear', antialias: true, coordinateTransformationMode: 'half_pixel' })
  return cast(clip(round(resized), 0, 255), 'uint8')
}

/** uint8 [N, h, w, C] to float32 [N, C, h, w]: (pixel / 255 − mean) / std of each channel. */
export function normalise(pixels: Value, input: ImageInput): Value {
  checkPixels(pixels, input)
  const { graph } = pixels
  const perChannel = (f: (mean: number, std: number) => number): Value =>
    graph.constant(Float32Array.from({ length: input.channels }, (_, c) => f(at(input.mean, c), at(input.std, c))), 'float32', [1, input.channels, 1, 1])
  const planes = transpose(cast(pixels, 'float32'), [0, 3, 1, 2])
  return add(mul(planes, perChannel((_mean, std) => 1 / (255 * std))), perChannel((mean, std) => -mean / std))
}

/** One number for all channels may stand for each of them. */
function at(values: readonly number[], channel: number): number {
  const value = values[channel] ?? values[0]
  if (value === undefined) throw new GraphError('the image input has no mean or std')
  return value
}

function checkPixels(pixels: Value, input: ImageInput): void {
  if (pixels.dtype !== 'uint8' || pixels.shape.length !== 4 || pixels.shape[3] !== input.channels) {
    throw new GraphError(`pixels must be uint8 [N, H, W, ${input.channels}], they are ${pixels.dtype} [${pixels.shape.join(', ')}]`)
  }
}
