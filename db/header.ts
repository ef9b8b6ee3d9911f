// Header: what the first 100 bytes of a file say, read before SQLite is let near it (https://www.sqlite.org/fileformat.html section 1.3).
import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { LatheError } from '../engine/contract/errors.ts'
import { VERSION } from './migrations/index.ts'

/** "Lath" in ASCII. */
export const APPLICATION_ID = 0x4c617468

const MAGIC = 'SQLite format 3\0'

/** The absolute path with links resolved: the log lies beside the file itself, not beside a link to it. */
export function projectFile(path: string): string {
  const file = resolve(path)
  return statSync(file, { throwIfNoEntry: false }) ? realpathSync(file) : file
}

/** @throws LatheError when the file at `path` is missing, a folder, no database, another program's, of a newer Lathe, or cut short. */
export function assertHeader(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new LatheError('not-found', `There is no project at ${path}: check the path, or make one with "lathe new".`, { path })
  if (stat.isDirectory()) throw new LatheError('not-a-project', `${path} is a folder, not a Lathe project: choose the .lathe file itself.`, { path })
  if (!stat.isFile()) throw new LatheError('not-a-project', `${path} is no regular file, so it cannot be a Lathe project: choose a .lathe file.`, { path })
  const { header, size } = readHeader(path)
  if (size === 0) throw new LatheError('not-a-project', `${path} is empty (0 bytes), not a Lathe project: restore a backup, or remove it and make a new one.`, { path })
  if (size < 100 || header.toString('latin1', 0, 16) !== MAGIC) {
    const cut = size < 100 && MAGIC.startsWith(header.toString('latin1', 0, Math.min(size, 16)))
    throw new LatheError('not-a-project', cut ? `${path} is cut short (${size} bytes), not a whole Lathe project: restore a backup.` : `${path} is not a Lathe project (no SQLite database): choose a .lathe file.`, { path })
  }
  const application = header.readUInt32BE(68)
  if (application !== APPLICATION_ID) throw new LatheError('not-a-project', `${path} is a database of another program (application id ${application}, expected ${APPLICATION_ID}), not a Lathe project: choose a .lathe file.`, { path, application })
  const version = header.readUInt32BE(60)
  if (version > VERSION) throw new LatheError('newer-version', `${path} was written by a newer Lathe (project version ${version}, this Lathe reads up to ${VERSION}): update Lathe to open it.`, { path, version, supported: VERSION })
  const pageSize = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16)
  const expected = header.readUInt32BE(28) * pageSize
  if (size < expected && !walBytes(path)) throw new LatheError('not-a-project', `${path} is cut short: ${size} bytes of ${expected}. Copy it again from where it came, or restore a backup.`, { path, size, expected })
}

/** Size of the write-ahead log beside the project: bytes that are not in the main file yet. */
export function walBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
}

function readHeader(path: string): { header: Buffer; size: number } {
  const header = Buffer.alloc(100)
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    throw new LatheError('read-only', `${path} may not be read by this user: change its permissions.`, { path }, { cause: error })
  }
  try {
    readSync(file, header, 0, 100, 0)
    return { header, size: fstatSync(file).size }
  } finally {
    closeSync(file)
  }
}

/** Whether the file at `path` is a project, whole or not; false where there is none. */
export function isProject(path: string): boolean {
  try {
    const { header } = readHeader(path)
    return header.toString('latin1', 0, 16) === MAGIC && header.readUInt32BE(68) === APPLICATION_ID
  } catch {
    return false
  }
}
