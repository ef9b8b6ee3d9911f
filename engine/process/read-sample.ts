// readSample: the source bytes of a sample, from the project or from the file that it refers to.
import type { Project } from '../../db/project.ts'
import type { SampleId } from '../contract/ids.ts'
import { readReferenced } from '../data/read-referenced.ts'

/** @throws LatheError not-found when the file is gone, corrupt when it is not the one that was imported. */
export async function readSample(project: Project, id: SampleId): Promise<Uint8Array> {
  const { data, ref } = project.samples.data(id)
  if (data) return data
  const { bytes, sha256 } = project.samples.get(id)
  return readReferenced({ id, ref, bytes, sha256 })
}
