// Vectors that are kept twice: a step reads one side and writes the other.
import type { Tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'

export class Sides {
  readonly #names: readonly string[]
  /** By side, by name. */
  readonly #vectors: readonly Readonly<Record<string, Tensor>>[]
  /** The tensors given out that a side still stands for. */
  readonly #good: (Readonly<Record<string, Tensor>> | null)[] = [null, null]
  /** All ever given out. */
  readonly #ours = new WeakSet<Tensor>()

  constructor(names: readonly string[], vectors: readonly Readonly<Record<string, Tensor>>[]) {
    this.#names = names
    this.#vectors = vectors
  }

  /** The side that holds what `feeds` has of the vectors: where `leave` put it, else copied. The other is to be written, and what was given out of it is over. Throws LatheError `internal` for vectors whose side has been written since. */
  enter(feeds: Readonly<Record<string, Tensor>>): number {
    const at = this.#good.findIndex((good) => good !== null && this.#names.every((name) => feeds[name] === good[name]))
    if (at >= 0) {
      this.#good[1 - at] = null
      return at
    }
    const copies = this.#names.map((name) => {
      const value = feeds[name]
      if (!value || (this.#ours.has(value) && !this.#good.some((good) => good?.[name] === value))) throw new LatheError('internal', `'${name}' is of a step that is too long ago: copy what is needed for longer`)
      return (value.data as Float32Array).slice()
    })
    this.#names.forEach((name, i) => {
      const own = this.#vectors[0]?.[name]?.data
      if (own instanceof Float32Array) own.set(copies[i] ?? [])
    })
    this.#good.fill(null)
    return 0
  }

  /** What a run wrote to `side`, as `<name>_next`. */
  leave(side: number): Record<string, Tensor> {
    const made = Object.fromEntries(this.#names.map((name) => [name, { ...(this.#vectors[side]?.[name] as Tensor) }]))
    for (const value of Object.values(made)) this.#ours.add(value)
    this.#good[side] = made
    return Object.fromEntries(Object.entries(made).map(([name, value]) => [`${name}_next`, value]))
  }
}

/** Two of each vector, as `vector` gives them. */
export const bySides = (names: readonly string[], vector: (name: string, side: number) => Tensor): Sides => new Sides(names, [0, 1].map((side) => Object.fromEntries(names.map((name) => [name, vector(name, side)]))))
