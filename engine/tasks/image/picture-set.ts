// Pictures with boxes, masks or several classes as a data set: augmented together, with targets written by the task.
import { inputOf } from '../../contract/inputs/of.ts'
import type { Augmentation } from '../../contract/recipe.ts'
import { mixed, type Picture, type Pictures } from '../../data/mix.ts'
import type { DataSet, TensorData, TensorSpec } from '../../data/types.ts'
import type { LoadRequest } from '../task.ts'
import { pixelsOf, pixelSpec } from './image-set.ts'

/** Height and width of each source, as the tensor `size`. */
export const sizeSpec: TensorSpec = { dtype: 'float32', shape: [2] }

export interface SourceSize {
  readonly height: number
  readonly width: number
}

export interface PictureSetOptions {
  readonly augment: Augmentation | null
  /** Whether sample `row` is labelled. */
  readonly labelled: (row: number) => boolean
  /** What is known of sample `row`, at the model's size. */
  readonly annotate: (row: number, size: SourceSize) => Omit<Picture, 'pixels'>
  readonly targets: Readonly<Record<string, TensorSpec>>
  /** Writes the targets of one picture as row `i` of the batch; `out` has those that are asked for. */
  readonly write: (picture: Picture, out: Readonly<Record<string, TensorData>>, i: number) => void
  /** What scoring compares with. */
  readonly truth: (row: number, size: SourceSize) => unknown
}

export async function pictureSet(request: LoadRequest, { augment, labelled, annotate, targets, write, truth }: PictureSetOptions): Promise<DataSet> {
  const { samples, config } = request
  const input = inputOf('image', config)
  const sizes = new Float32Array(2 * samples.length)
  const pixels = await pixelsOf(request, (at, height, width) => { sizes.set([height, width], 2 * at) })
  const sizeOf = (row: number): SourceSize => ({ height: sizes[2 * row] ?? input.height, width: sizes[2 * row + 1] ?? input.width })
  const bytes = input.height * input.width * input.channels
  const known = new Map<number, Omit<Picture, 'pixels'>>()
  const get = (row: number): Picture => {
    const annotation = known.get(row) ?? annotate(row, sizeOf(row))
    known.set(row, annotation)
    return { pixels: pixels.subarray(row * bytes, (row + 1) * bytes), ...annotation }
  }
  const pictures: Pictures = { count: samples.length, shape: input, get }
  return {
    count: samples.length,
    ids: Int32Array.from(samples, (sample) => sample.id),
    labels: Int32Array.from(samples, (_, row) => (labelled(row) ? 0 : -1)),
    tensors: { pixels: pixelSpec(input), size: sizeSpec, ...targets },
    fill: (rows, out, random) => {
      const [image, size] = [out['pixels'] as Uint8Array | undefined, out['size'] as Float32Array | undefined]
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] ?? 0
        const picture = random && augment ? mixed(pictures, row, augment, random(row)) : get(row)
        image?.set(picture.pixels, i * bytes)
        size?.set(sizes.subarray(2 * row, 2 * row + 2), 2 * i)
        write(picture, out, i)
      }
    },
    truth: (row) => truth(row, sizeOf(row)),
  }
}
