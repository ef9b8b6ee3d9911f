// DrawnItem: a sample, or what a network is fed for one, as far as a picture of it goes.
import type { NumberedLabel } from './label.ts'

/** A part that a mask covers, as shares of the whole: of the time, or of the frequencies from the lowest. */
export interface Covered {
  readonly over: 'time' | 'bands'
  readonly from: number
  readonly to: number
}

export type DrawnItem =
  /** HWC bytes; boxes or a mask over them, with indices of classes. */
  | { readonly kind: 'pixels'; readonly height: number; readonly width: number; readonly channels: number; readonly data: Uint8Array; readonly label: NumberedLabel | null }
  /** [channels, steps]; NaN where there is no value. */
  | { readonly kind: 'lines'; readonly channels: number; readonly data: Float32Array }
  /** A recording, full scale from −1 to 1. */
  | { readonly kind: 'wave'; readonly data: Float32Array; readonly covered: readonly Covered[] }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** One text or two, spans of the first with indices of classes, and what is to be answered. */
  | { readonly kind: 'texts'; readonly texts: readonly string[]; readonly spans: readonly { readonly start: number; readonly end: number; readonly class: number }[]; readonly answer: string | null }
  /** Rows of a table by two of its columns; `classes` are indices. */
  | { readonly kind: 'points'; readonly x: Float32Array; readonly y: Float32Array; readonly classes: Uint8Array }
  /** Row-major values; NaN for an empty cell. */
  | { readonly kind: 'cells'; readonly height: number; readonly width: number; readonly data: Float32Array }

/** The first samples of a built-in data set, and what can be seen of them in words. */
export interface SamplePreview {
  readonly items: readonly DrawnItem[]
  readonly says: string
}
