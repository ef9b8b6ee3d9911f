// PathGuard: which files this host may touch. Electron and the command line: what the user chose; the Node host: its folders only.
import { realpathSync } from 'node:fs'
import path from 'node:path'
import { LatheError } from '../../engine/contract/errors.ts'

/** The real path of `file`, links resolved as far as it exists. */
function real(file: string): string {
  const missing: string[] = []
  for (let at = path.resolve(file); ; at = path.dirname(at)) {
    try {
      return path.join(realpathSync(at), ...missing)
    } catch {
      if (path.dirname(at) === at) return path.resolve(file)
      missing.unshift(path.basename(at))
    }
  }
}

const inside = (root: string, file: string): boolean => {
  const relative = path.relative(root, file)
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative))
}

export class PathGuard {
  readonly #roots: string[] | null

  /** `roots` null: any path. */
  constructor(roots: readonly string[] | null) {
    this.#roots = roots?.map(real) ?? null
  }

  /** One more folder (or file) that may be touched. */
  allow(root: string): void {
    this.#roots?.push(real(root))
  }

  allows(file: string): boolean {
    try {
      this.check(file)
      return true
    } catch {
      return false
    }
  }

  /**
   * The absolute path, links resolved.
   * @throws LatheError forbidden, naming the folders that are allowed.
   */
  check(file: string): string {
    if (file.includes('\0')) throw new LatheError('usage', `path ${JSON.stringify(file)}: expected a file name, found a zero byte`)
    const full = real(file)
    if (this.#roots?.every((root) => !inside(root, full))) {
      throw new LatheError('forbidden', `${file}: this host may only touch files in ${this.#roots.join(', ')}; move the file there, upload it, or name its folder when starting "lathe serve"`, { path: file, roots: this.#roots })
    }
    return full
  }
}
