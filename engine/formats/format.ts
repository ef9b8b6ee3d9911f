// DataFormat: what every file of this folder exports, and what reading yields.
import type { InputKind } from '../contract/input-kind.ts'
import type { NamedLabel } from '../contract/label.ts'
import type { Split } from '../contract/recipe.ts'
import type { Source } from './source/source.ts'

/** One sample found, not yet read. */
export interface FoundItem {
  readonly kind: 'item'
  /** Name shown to the user; its extension must fit the content. */
  readonly name: string
  /** Absolute path where the bytes stand alone in a file; null inside archives and tables. */
  readonly file: string | null
  read(): Promise<Uint8Array>
  readonly className: string | null
  /** Where the task's label is no class. */
  readonly label?: NamedLabel | null
  readonly meta?: Readonly<Record<string, string | number>>
  /** Split that the data themselves declare (`train/`, a `split` column). */
  readonly split: Split | null
}
/** Something that cannot become a sample, with the reason in a short sentence. */
export interface FoundSkip {
  readonly kind: 'skip'
  readonly path: string
  readonly reason: string
}
export type Found = FoundItem | FoundSkip

export interface ReadContext {
  /** Tells the user what the reader decided: the value range, the label column. */
  note(message: string): void
  /** Adds to the number of items that will come, where it is known ahead. */
  expect(count: number): void
  readonly signal: AbortSignal | undefined
  /** Column of a table to be learned, where somebody chose it. */
  readonly target?: string | null
  /** What is read is to be predicted: nothing in it is a label. */
  readonly predicting?: boolean
}

/** One row of a written label file. */
export interface LabelRow {
  readonly name: string
  readonly className: string | null
  readonly split: Split | null
  /** Where the task's label is no class. */
  readonly label?: NamedLabel | null
  /** The text itself, where the sample is one; read when asked for. */
  readonly text?: () => string | null
  /** Of images. */
  readonly width?: number
  readonly height?: number
}

export interface DataFormat {
  readonly title: string
  readonly description: string
  /** What its samples can be. */
  readonly inputs: readonly InputKind[]
  /** Only for these tasks; for all of its inputs where left out. */
  readonly tasks?: readonly string[]
  /** True where `read` can take this source; must be cheap (a listing or the head of a file). */
  match(source: Source): boolean | Promise<boolean>
  /** Yields everything there is: bad parts as skips, so that good ones are kept. Throws LatheError only where nothing can be read. */
  read(source: Source, ctx: ReadContext): AsyncIterable<Found>
  /** The labels as text, in pieces. */
  write?(rows: Iterable<LabelRow>): Iterable<string>
  /** The same of a format that takes several files: paths relative to the folder they are written in. */
  writeFiles?(rows: Iterable<LabelRow>): Iterable<WrittenFile>
}

export interface WrittenFile {
  readonly path: string
  readonly data: string | Uint8Array
}
