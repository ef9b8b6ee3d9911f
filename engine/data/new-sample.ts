// NewSample: one sample ready to be stored; structurally db/contract's NewSample, which the engine may not import.
import type { NamedLabel } from '../contract/label.ts'
import type { Split } from '../contract/recipe.ts'

export interface NewSample {
  readonly name: string
  /** SHA-256 of the source bytes, hexadecimal. */
  readonly sha256: string
  /** Absolute path, when the bytes stay outside the project. */
  readonly ref: string | null
  readonly bytes: number
  readonly mime: string
  /** Of images, after EXIF orientation; 0 for all else. */
  readonly width: number
  readonly height: number
  /** Of images 1 or 3; of recordings and series how many run side by side. */
  readonly channels: number
  readonly split: Split | null
  /** Source bytes as they came; null with `ref`. */
  readonly data: Uint8Array | null
  readonly className: string | null
  /** Where the task's label is no class. */
  readonly label?: NamedLabel | null
  /** Facts for people and splits: `{ seconds, rate, group }`. */
  readonly meta?: Readonly<Record<string, string | number>>
}
