// ImageSet: decoded samples in memory, the form in which training, evaluation and explanation take data.
import type { ImageInput } from '../contract/recipe.ts'

/** Uint8 pixels of many samples at the model's input size. A sample is `height · width · channels` bytes in HWC order. */
export interface ImageSet {
  readonly input: ImageInput
  readonly count: number
  /** Sample ids as in the project. */
  readonly ids: Int32Array
  /** Class index; -1 where not labelled. */
  readonly labels: Int32Array
  /** Writes the pixels of samples `indices` one after the other into `out`. */
  gather(indices: ArrayLike<number>, out: Uint8Array): void
}

/** One decoded image: EXIF orientation applied, alpha over white, sRGB or grey, 8 bits. */
export interface Pixels {
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  /** HWC. */
  readonly data: Uint8Array
}
