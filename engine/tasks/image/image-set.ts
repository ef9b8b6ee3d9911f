// Images in memory as the tasks about pictures take them: pixels at the model's size, with what the labels become beside them.
import { augment } from '../../data/augment.ts'
import { loadPixels } from '../../data/load.ts'
import type { DataSet, TensorData, TensorSpec } from '../../data/types.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { Augmentation, ImageInput } from '../../contract/recipe.ts'
import type { LoadRequest } from '../task.ts'
import { Resizer } from './resizer.ts'

/** Uint8 HWC of every sample, resized by the graph that the exported file begins with. `onSize`: each sample's own size, by its place. */
export async function pixelsOf(request: LoadRequest, onSize?: (at: number, height: number, width: number) => void): Promise<Uint8Array> {
  const { samples, config, signal, onProgress } = request
  const input = inputOf('image', config)
  await using resizer = new Resizer(input)
  return await loadPixels({ ids: samples.map((sample) => sample.id), read: (id) => request.read(id), input, resize: resizer.resize, ...(onSize && { onSize }), ...(signal && { signal }), ...(onProgress && { onProgress }) })
}

export const pixelSpec = ({ height, width, channels }: ImageInput): TensorSpec => ({ dtype: 'uint8', shape: [height, width, channels] })

export interface ImageRows {
  readonly input: ImageInput
  readonly pixels: Uint8Array
  readonly ids: Int32Array
  /** Class indices; −1 where not labelled. */
  readonly labels: Int32Array
  readonly augment: Augmentation | null
}

/** Tensors `pixels` and `labels`: one class for each picture. */
export function classifiedImages({ input, pixels, ids, labels, augment: how }: ImageRows): DataSet {
  const size = input.height * input.width * input.channels
  const copy = (rows: ArrayLike<number>, out: Uint8Array): void => {
    for (let i = 0; i < rows.length; i++) {
      const from = (rows[i] ?? 0) * size
      out.set(pixels.subarray(from, from + size), i * size)
    }
  }
  return {
    count: ids.length,
    ids,
    labels,
    tensors: { pixels: pixelSpec(input), labels: { dtype: 'int64', shape: [] } },
    fill: (rows, out, random) => {
      const image = out['pixels'] as Uint8Array | undefined
      if (image && random && how) for (let i = 0; i < rows.length; i++) augment(pixels, (rows[i] ?? 0) * size, image, i * size, input, how, random(rows[i] ?? 0))
      else if (image) copy(rows, image)
      fillLabels(labels, rows, out['labels'])
    },
    truth: () => null,
  }
}

/** Class indices as int64; 0 where not labelled. */
export function fillLabels(labels: Int32Array, rows: ArrayLike<number>, out: TensorData | undefined): void {
  const target = out as BigInt64Array | undefined
  if (target) for (let i = 0; i < rows.length; i++) target[i] = BigInt(Math.max(0, labels[rows[i] ?? 0] ?? 0))
}
