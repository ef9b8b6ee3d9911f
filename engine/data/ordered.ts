// Ordered: at most `width` pieces of work under way, their results handled one by one in the order of the work.
export class Ordered<T> {
  readonly #width: number
  readonly #handle: (result: T) => Promise<void>
  readonly #queue: Promise<T>[] = []

  constructor(width: number, handle: (result: T) => Promise<void>) {
    this.#width = width
    this.#handle = handle
  }

  /** Takes work that has begun; waits for the oldest where too much is under way. The work must not reject. */
  async push(work: Promise<T>): Promise<void> {
    this.#queue.push(work)
    if (this.#queue.length >= this.#width) await this.#settle()
  }

  async drain(): Promise<void> {
    while (this.#queue.length > 0) await this.#settle()
  }

  async #settle(): Promise<void> {
    const oldest = this.#queue.shift()
    if (oldest) await this.#handle(await oldest)
  }
}
