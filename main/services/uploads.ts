// Uploads: files that a browser hands over, kept in a temporary folder until they are imported or the host ends.
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { LatheError } from '../../engine/contract/errors.ts'
import type { PathGuard } from './paths.ts'

export interface UploadLimits {
  /** Bytes of one file. */
  readonly file: number
  /** Bytes of all files that wait. */
  readonly total: number
}
const DEFAULT_LIMITS: UploadLimits = { file: 4 * 2 ** 30, total: 16 * 2 ** 30 }
const MAX_DEPTH = 32

export interface Uploaded {
  /** The file as stored. */
  readonly path: string
  /** Folder of the batch: import this to keep a dropped folder's subfolders as classes. */
  readonly root: string
}

/** Names of folders and file; nothing that leaves the batch's folder. */
function segments(relative: string): string[] {
  const parts = relative.split(/[/\\]/).filter((part) => part !== '' && part !== '.')
  const bad = parts.some((part) => part === '..' || part.includes('\0') || Buffer.byteLength(part) > 255)
  if (parts.length === 0 || parts.length > MAX_DEPTH || bad) throw new LatheError('usage', `upload: expected a relative file name of at most ${MAX_DEPTH} folders, found ${JSON.stringify(relative.slice(0, 200))}`)
  return process.platform === 'win32' ? parts.map((part) => part.replaceAll(/[<>:"|?*]/g, '_')) : parts
}

export class Uploads {
  readonly #guard: PathGuard
  readonly #limits: UploadLimits
  #folder: Promise<string> | null = null
  #used = 0
  readonly #sizes = new Map<string, number>()

  constructor(guard: PathGuard, limits: Partial<UploadLimits> = {}) {
    this.#guard = guard
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
  }

  /**
   * Streams one file to the folder of its batch. Files of one drop share `batch`, and `relative` keeps their folders.
   * @throws LatheError usage for a bad name or batch, data when it is over the limit (nothing of it is kept).
   */
  async receive(batch: string, relative: string, body: AsyncIterable<Uint8Array> | null, declared: number | null): Promise<Uploaded> {
    if (!/^[A-Za-z0-9-]{1,64}$/.test(batch)) throw new LatheError('usage', `upload: expected a batch of letters, digits and dashes, found ${JSON.stringify(batch.slice(0, 80))}`)
    const parts = segments(relative)
    const room = Math.min(this.#limits.file, this.#limits.total - this.#used)
    const tooLarge = (): LatheError => new LatheError('data', `upload of ${relative}: expected at most ${room} bytes, found more; start "lathe serve" with the folder that holds it, and import it from there`, { limit: room })
    if (declared !== null && declared > room) throw tooLarge()
    const root = path.join(await (this.#folder ??= this.#create()), batch)
    const file = path.join(root, ...parts)
    await mkdir(path.dirname(file), { recursive: true })
    let bytes = 0
    const count = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        bytes += chunk.length
        this.#used += chunk.length
        if (bytes > this.#limits.file || this.#used > this.#limits.total) done(tooLarge())
        else done(null, chunk)
      },
    })
    try {
      await pipeline(Readable.from(body ?? []), count, createWriteStream(file))
    } catch (error) {
      this.#used -= bytes + (this.#sizes.get(file) ?? 0)
      this.#sizes.delete(file)
      await rm(file, { force: true })
      throw error
    }
    this.#used -= this.#sizes.get(file) ?? 0
    this.#sizes.set(file, bytes)
    return { path: file, root }
  }

  /** True when `file` was uploaded: it must be copied, since it will go. */
  async holds(file: string): Promise<boolean> {
    const folder = await this.#folder
    return folder !== null && path.resolve(file).startsWith(folder + path.sep)
  }

  /** Removes what was uploaded under `paths`; other paths are left alone. */
  async discard(paths: readonly string[]): Promise<void> {
    for (const file of paths) {
      if (!(await this.holds(file))) continue
      const full = path.resolve(file)
      await rm(full, { recursive: true, force: true })
      for (const [name, size] of this.#sizes) {
        if (name !== full && !name.startsWith(full + path.sep)) continue
        this.#used -= size
        this.#sizes.delete(name)
      }
    }
  }

  async close(): Promise<void> {
    const folder = await this.#folder
    this.#folder = null
    if (folder !== null) await rm(folder, { recursive: true, force: true })
  }

  async #create(): Promise<string> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'lathe-uploads-'))
    this.#guard.allow(folder)
    return folder
  }
}
