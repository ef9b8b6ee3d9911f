// Samples of the three splits as what a baseline makes of their bytes.
import { LatheError } from '../../contract/errors.ts'
import { DecodeError } from '../../data/decode-error.ts'
import type { LoadSample } from '../../data/types.ts'
import type { BaselineRequest } from './baseline.ts'

export interface ReadSample<T> {
  readonly sample: LoadSample
  readonly value: T
}
export interface ReadSplits<T> {
  readonly train: readonly ReadSample<T>[]
  /** Empty where the validation split is what is measured. */
  readonly val: readonly ReadSample<T>[]
  readonly test: readonly ReadSample<T>[]
}

/** @throws LatheError `data` where training or the measured split has no usable sample, or one cannot be read. */
export async function readSplits<T>(request: BaselineRequest, usable: (sample: LoadSample) => boolean, read: (bytes: Uint8Array) => Promise<T> | T): Promise<ReadSplits<T>> {
  const of = (split: string): LoadSample[] => request.samples.filter((s) => s.split === split && usable(s))
  const [train, val, test] = [of('train'), request.split === 'val' ? [] : of('val'), of(request.split)]
  if (train.length === 0) throw new LatheError('data', 'there is no labelled sample in the train split: split the data, or label some of it')
  if (test.length === 0) throw new LatheError('data', `there is no labelled sample in the ${request.split} split to measure on: split the data, or name another split`)
  const total = train.length + val.length + test.length
  let done = 0
  const readAll = async (samples: readonly LoadSample[]): Promise<ReadSample<T>[]> => {
    const out: ReadSample<T>[] = []
    for (const sample of samples) {
      request.signal?.throwIfAborted()
      try {
        out.push({ sample, value: await read(await request.read(sample.id)) })
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error
        throw new LatheError('data', `sample ${sample.id} cannot be read: ${error.reason}`, { sample: sample.id }, { cause: error })
      }
      if (++done % 64 === 0) request.onProgress?.({ done, total, stage: 'reading' })
    }
    return out
  }
  return { train: await readAll(train), val: await readAll(val), test: await readAll(test) }
}
