// Thumbnails: small PNGs of samples, whatever their format, kept in memory while they are looked at.
import sharp from 'sharp'
import { decode } from '../../engine/data/decode.ts'

const BUDGET_BYTES = 64 * 2 ** 20
const BMP = 'image/bmp'
/** Images that are read and decoded at once; a grid asks for hundreds, and each may be large. */
const AT_ONCE = 4

async function render(bytes: Uint8Array, mime: string, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const source = mime === BMP ? await decode(bytes).then(({ data, width, height, channels }) => sharp(data, { raw: { width, height, channels } })) : sharp(bytes, { limitInputPixels: 100_000_000 }).autoOrient()
  return new Uint8Array(await source.resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true }).png({ compressionLevel: 3 }).toBuffer())
}

export class Thumbnails {
  readonly #kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  #bytes = 0
  #running = 0
  readonly #waiting: (() => void)[] = []

  /** PNG that fits into `size` × `size`, never enlarged. `key` names the content. */
  get(key: string, size: number, read: () => Promise<{ readonly bytes: Uint8Array; readonly mime: string }>): Promise<Uint8Array<ArrayBuffer>> {
    const name = `${key} ${size}`
    const known = this.#kept.get(name)
    if (known) {
      this.#kept.delete(name)
      this.#kept.set(name, known)
      return known
    }
    const made = this.#inTurn(() => read().then(({ bytes, mime }) => render(bytes, mime, size)))
    this.#kept.set(name, made)
    made.then(
      (png) => {
        this.#bytes += png.length
        void this.#trim()
      },
      () => { this.#kept.delete(name) },
    )
    return made
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => { this.#waiting.push(resolve) })
    else this.#running++
    try {
      return await work()
    } finally {
      // The newest first: what was asked for earlier may be scrolled away.
      const next = this.#waiting.pop()
      if (next) next()
      else this.#running--
    }
  }

  async #trim(): Promise<void> {
    for (const [name, made] of this.#kept) {
      if (this.#bytes <= BUDGET_BYTES) return
      this.#kept.delete(name)
      this.#bytes -= (await made.catch(() => new Uint8Array())).length
    }
  }
}
