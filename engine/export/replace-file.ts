// replaceFile: new content in place of a file, all or nothing.
import { randomBytes } from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { LatheError, type ErrorKind } from '../contract/errors.ts'

const KINDS: Readonly<Record<string, readonly [kind: ErrorKind, what: string]>> = {
  ENOENT: ['not-found', 'its folder does not exist: make it, or choose another place'],
  ENOTDIR: ['not-found', 'its folder does not exist: make it, or choose another place'],
  EACCES: ['read-only', 'its folder cannot be written: choose another place'],
  EPERM: ['read-only', 'its folder cannot be written: choose another place'],
  EROFS: ['read-only', 'the disk is read-only: choose another place'],
  ENOSPC: ['disk-full', 'the disk is full: free some space and try again'],
  EDQUOT: ['disk-full', 'your quota of the disk is used up: free some space and try again'],
}

/**
 * Writes `bytes` beside `path`, flushes them, hands what was read back to `check`, and renames.
 * Whatever fails, the file that was there before stays as it was and nothing is left beside it.
 * @throws LatheError `not-found`, `read-only`, `disk-full`, `usage` (a folder of that name), or what `check` throws.
 */
export async function replaceFile<T>(path: string, bytes: Uint8Array, check: (written: Uint8Array) => Promise<T>): Promise<T> {
  const target = resolve(path)
  if ((await stat(target).catch(() => null))?.isDirectory()) throw new LatheError('usage', `${path}: is a folder; give the name of a file in it`)
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.part`)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    const result = await check(await readFile(temporary))
    await rename(temporary, target)
    return result
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    const known = error instanceof Error && 'code' in error && typeof error.code === 'string' ? KINDS[error.code] : undefined
    if (known && !(error instanceof LatheError)) throw new LatheError(known[0], `${path}: ${known[1]}`, { path }, { cause: error })
    throw error
  }
}
