// NewSample: one sample ready to be stored; structurally db/contract's NewSample, which the engine may not import.
import type { Split } from '../contract/recipe.ts'

export interface NewSample {
  readonly name: string
  /** SHA-256 of the source bytes, hexadecimal. */
  readonly sha256: string
  /** Absolute path, when the bytes stay outside the project. */
  readonly ref: string | null
  readonly bytes: number
  readonly mime: string
  /** After EXIF orientation. */
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly split: Split | null
  /** Source bytes as they came; null with `ref`. */
  readonly data: Uint8Array | null
  readonly className: string | null
}
