// BuiltInSample: what every built-in data set says of itself, and how its samples come.
import type { NewSample } from '../data/new-sample.ts'

export interface BuiltInSample {
  readonly title: string
  readonly task: string
  /** How many samples there are. */
  readonly samples: number
  /** Size of what is shipped. */
  readonly bytes: number
  /** Licence with the citation that it asks for, shown to the user and kept in the project. */
  readonly licence: string
  readonly description: string
  /** Typical seconds of a run with the default recipe on two cores. */
  readonly trainSeconds: number
  /** Class names in the order of the outputs. */
  readonly classes: readonly string[]
  /** Yields the samples, each with class and split, always the same. */
  open(): AsyncIterable<NewSample>
  /** The same data for further tasks, by task. */
  readonly also?: Readonly<Record<string, Pick<BuiltInSample, 'samples' | 'classes' | 'open'>>>
}
