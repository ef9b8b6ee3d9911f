// The one source of randomness: Philox4x32-10, counter-based, so a draw is a pure function of (seed, stream, index, position).
// Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.

/** Independent uses of one seed. */
export const STREAMS = { init: 1, shuffle: 2, augment: 3, dropout: 4, split: 5, bootstrap: 6, explain: 7, sample: 8, forest: 9, ensemble: 10 } as const
export type Stream = keyof typeof STREAMS

const M0 = 0xd2511f53
const M1 = 0xcd9e8d57

/** High and low words of a 32×32-bit product, without BigInt on the hot path. */
function mulHigh(a: number, b: number): number {
  const al = a & 0xffff
  const ah = a >>> 16
  const bl = b & 0xffff
  const bh = b >>> 16
  const mid = ah * bl + ((al * bl) >>> 16)
  const mid2 = al * bh + (mid % 0x10000)
  return (ah * bh + Math.floor(mid / 0x10000) + Math.floor(mid2 / 0x10000)) >>> 0
}

/** One Philox4x32-10 block of four words, written over `c`. */
export function philox4x32(c: Uint32Array, key0: number, key1: number): void {
  let [c0, c1, c2, c3] = c as unknown as [number, number, number, number]
  let k0 = key0
  let k1 = key1
  for (let round = 0; round < 10; round++) {
    const hi0 = mulHigh(M0, c0)
    const lo0 = Math.imul(M0, c0) >>> 0
    const hi1 = mulHigh(M1, c2)
    const lo1 = Math.imul(M1, c2) >>> 0
    c0 = (hi1 ^ c1 ^ k0) >>> 0
    c1 = lo1
    c2 = (hi0 ^ c3 ^ k1) >>> 0
    c3 = lo0
    k0 = (k0 + 0x9e3779b9) >>> 0
    k1 = (k1 + 0xbb67ae85) >>> 0
  }
  c[0] = c0
  c[1] = c1
  c[2] = c2
  c[3] = c3
}

/** Draws of one stream. `index` picks an independent sequence (an epoch, a step, a sample); nothing but `position` changes. */
export class Random {
  /** Words drawn so far: with seed, stream and index the whole state. */
  position = 0
  readonly #seed: number
  readonly #stream: number
  readonly #index: number
  readonly #block = new Uint32Array(4)

  constructor(seed: number, stream: Stream, index = 0) {
    this.#seed = seed >>> 0
    this.#stream = STREAMS[stream]
    this.#index = index
  }

  uint32(): number {
    const lane = this.position % 4
    if (lane === 0) {
      const block = this.position / 4
      this.#block[0] = block
      this.#block[1] = Math.floor(block / 2 ** 32)
      this.#block[2] = this.#index
      this.#block[3] = Math.floor(this.#index / 2 ** 32)
      philox4x32(this.#block, this.#seed, this.#stream)
    }
    this.position++
    return this.#block[lane] as number
  }

  /** Uniform in [0, 1), 24 bits: exact in float32. */
  uniform(): number {
    return (this.uint32() >>> 8) / 2 ** 24
  }

  /** Standard normal by Box and Muller (1958); two words a draw. */
  normal(): number {
    const u = (this.uint32() + 1) / (2 ** 32 + 1)
    const v = this.uint32() / 2 ** 32
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)
  }

  /** Uniform integer in [0, n), unbiased by rejection. */
  int(n: number): number {
    const limit = 2 ** 32 - (2 ** 32 % n)
    let word = this.uint32()
    while (word >= limit) word = this.uint32()
    return word % n
  }

  /** Fisher and Yates, in place. */
  shuffle<T extends { length: number; [i: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.int(i + 1)
      const kept = items[i]
      items[i] = items[j]
      items[j] = kept
    }
    return items
  }
}
