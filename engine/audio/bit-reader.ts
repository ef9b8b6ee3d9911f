// BitReader: bits of a byte array, most significant first.
export class BitReader {
  /** Next byte, and how many of its bits are read already. */
  #at: number
  #used = 0
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.#at = at
  }

  /** Index of the next byte that is not begun. */
  get byte(): number {
    return this.#used === 0 ? this.#at : this.#at + 1
  }

  /** True once more bits were read than there are; what was read then is zeros. */
  overrun(): boolean {
    return this.#at > this.#bytes.length || (this.#at === this.#bytes.length && this.#used > 0)
  }

  /** Goes on to a whole byte. */
  align(): void {
    this.#at = this.byte
    this.#used = 0
  }

  /** Unsigned, up to 53 bits. */
  read(bits: number): number {
    let value = 0
    let left = bits
    while (left > 0) {
      const free = 8 - this.#used
      const take = Math.min(free, left)
      const chunk = ((this.#bytes[this.#at] ?? 0) >> (free - take)) & ((1 << take) - 1)
      value = value * (1 << take) + chunk
      this.#used += take
      if (this.#used === 8) {
        this.#used = 0
        this.#at++
      }
      left -= take
    }
    return value
  }

  /** Two's complement. */
  readSigned(bits: number): number {
    const value = this.read(bits)
    return bits > 0 && value >= 2 ** (bits - 1) ? value - 2 ** bits : value
  }

  /** Zeros before the next one, which is passed over; −1 where there is none. */
  readUnary(): number {
    let zeros = 0
    while (this.#at < this.#bytes.length) {
      const rest = ((this.#bytes[this.#at] ?? 0) << this.#used) & 0xff
      const free = 8 - this.#used
      if (rest === 0) {
        zeros += free
        this.#at++
        this.#used = 0
        continue
      }
      const before = Math.clz32(rest) - 24
      zeros += before
      this.#used += before + 1
      if (this.#used === 8) {
        this.#used = 0
        this.#at++
      }
      return zeros
    }
    return -1
  }
}
