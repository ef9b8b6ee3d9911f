// Samples of a split as a matrix of features with what is to be learned.
import { LatheError } from '../../contract/errors.ts'
import { DecodeError } from '../../data/decode-error.ts'
import type { LoadSample } from '../../data/types.ts'
import type { FeatureDef, Features } from '../features/features.ts'
import type { Matrix } from '../matrix.ts'
import type { BaselineRequest } from './baseline.ts'

/** Most numbers of a matrix: 400 MB. */
const MOST = 100_000_000

export interface Gathered {
  readonly features: Features
  readonly train: Matrix
  readonly val: Matrix
  readonly test: Matrix
  readonly samples: { readonly train: readonly LoadSample[]; readonly val: readonly LoadSample[]; readonly test: readonly LoadSample[] }
}

/** @throws LatheError `data` where training or the measured split is empty, or a sample cannot be read. */
export async function gather(def: FeatureDef, request: BaselineRequest, usable: (sample: LoadSample) => boolean): Promise<Gathered> {
  const of = (split: string): LoadSample[] => request.samples.filter((s) => s.split === split && usable(s))
  const train = of('train')
  const val = request.split === 'val' ? [] : of('val')
  const test = of(request.split)
  if (train.length === 0) throw new LatheError('data', 'there is no labelled sample in the train split: split the data, or label some of it')
  if (test.length === 0) throw new LatheError('data', `there is no labelled sample in the ${request.split} split to measure on: split the data, or name another split`)
  const total = train.length + val.length + test.length
  let done = 0
  const readAll = async <T>(samples: readonly LoadSample[], use: (bytes: Uint8Array) => Promise<T> | T): Promise<T[]> => {
    const out: T[] = []
    for (const { id } of samples) {
      request.signal?.throwIfAborted()
      try {
        out.push(await use(await request.read(id)))
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error
        throw new LatheError('data', `sample ${id} cannot be read: ${error.reason}`, { sample: id }, { cause: error })
      }
      if (++done % 256 === 0) request.onProgress?.({ done, total, stage: 'reading' })
    }
    return out
  }
  const features = await def.fit(await readAll(train, (bytes) => bytes))
  done = 0
  const columns = features.names.length
  if (columns * train.length > MOST) throw new LatheError('data', `${train.length.toLocaleString('en')} samples of ${columns.toLocaleString('en')} features take too much memory for shallow models: compare on a part of the data`)
  const made = async (samples: readonly LoadSample[]): Promise<Matrix> => {
    const data = new Float32Array(samples.length * columns)
    ;(await readAll(samples, (bytes) => features.of(bytes))).forEach((row, i) => {
      data.set(row, i * columns)
    })
    return { rows: samples.length, columns, data }
  }
  return { features, train: await made(train), val: await made(val), test: await made(test), samples: { train, val, test } }
}
