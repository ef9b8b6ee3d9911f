// Texts of a data set, read and checked.
import { LatheError } from '../../contract/errors.ts'
import { DecodeError } from '../../data/decode-error.ts'
import type { LoadRequest } from '../task.ts'

/** What `parse` makes of each sample. @throws LatheError `data` naming the sample that cannot be read. */
export async function readSamples<T>({ samples, read, signal, onProgress }: Pick<LoadRequest, 'samples' | 'read' | 'signal' | 'onProgress'>, parse: (bytes: Uint8Array) => T): Promise<T[]> {
  const all: T[] = []
  for (const { id } of samples) {
    signal?.throwIfAborted()
    const bytes = await read(id)
    try {
      all.push(parse(bytes))
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      throw new LatheError('data', `sample ${id} cannot be read: ${error.reason}`, { sample: id }, { cause: error })
    }
    if (all.length % 500 === 0) onProgress?.({ done: all.length, total: samples.length, stage: 'reading texts' })
  }
  return all
}
