// readSample: the source bytes of a sample, from the project or from the file that it refers to.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Project } from '../../db/project.ts'
import { LatheError } from '../contract/errors.ts'
import type { SampleId } from '../contract/ids.ts'

/** @throws LatheError not-found when the file is gone, corrupt when it is not the one that was imported. */
export async function readSample(project: Project, id: SampleId): Promise<Uint8Array> {
  const { data, ref } = project.samples.data(id)
  if (data) return data
  const bytes = await readFile(ref).catch((error: unknown) => {
    throw new LatheError('not-found', `${ref}: the file that sample ${id} refers to cannot be read; put it back, or import it again`, { path: ref, sample: id }, { cause: error })
  })
  const { sha256 } = project.samples.get(id)
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new LatheError('corrupt', `${ref}: the file that sample ${id} refers to has changed since its import; import it again`, { path: ref, sample: id })
  return bytes
}
