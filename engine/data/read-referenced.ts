// readReferenced: the bytes of a sample that stands outside the project, which must still be those that were imported.
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { LatheError } from '../contract/errors.ts'

export interface Referenced {
  readonly id: number
  readonly ref: string
  /** Size at import. */
  readonly bytes: number
  readonly sha256: string
}

/**
 * Only a regular file of the size that was imported is read: a project comes from others, and what it names may be a device without end.
 * @throws LatheError not-found when there is no such file, corrupt when it is not the one that was imported.
 */
export async function readReferenced({ id, ref, bytes, sha256 }: Referenced): Promise<Uint8Array> {
  const gone = (cause?: unknown): LatheError => new LatheError('not-found', `${ref}: the file that sample ${id} refers to cannot be read; put it back, or import it again`, { path: ref, sample: id }, { cause })
  const changed = (): LatheError => new LatheError('corrupt', `${ref}: the file that sample ${id} refers to has changed since its import; import it again`, { path: ref, sample: id })
  const info = await stat(ref).catch((error: unknown) => { throw gone(error) })
  if (!info.isFile()) throw gone()
  if (info.size !== bytes) throw changed()
  const data = await readFile(ref).catch((error: unknown) => { throw gone(error) })
  if (createHash('sha256').update(data).digest('hex') !== sha256) throw changed()
  return data
}
