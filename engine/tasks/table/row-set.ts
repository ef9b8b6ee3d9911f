// RowSet: rows of a table in memory, with the class or the number that each is to be given.
import { inputOf } from '../../contract/inputs/of.ts'
import { LatheError } from '../../contract/errors.ts'
import { DecodeError } from '../../data/decode-error.ts'
import { categoryColumns, encodeRows, numberColumns } from '../../data/table/encode.ts'
import { parseRow, type Row } from '../../data/table/row.ts'
import type { DataSet, LoadSample } from '../../data/types.ts'
import type { LoadRequest } from '../task.ts'
import { rowFeatureSpecs } from './features.ts'

/** @throws LatheError `data` naming the sample that is no row. */
export function readRow(bytes: Uint8Array, id: number): Row {
  try {
    return parseRow(bytes)
  } catch (error) {
    throw new LatheError('data', `sample ${id} cannot be read: ${error instanceof DecodeError ? error.reason : String(error)}`, { sample: id }, { cause: error })
  }
}

export const numberLabel = ({ label }: LoadSample): number => (label?.kind === 'number' ? label.value : NaN)

export async function readRows({ samples, read, signal }: Pick<LoadRequest, 'samples' | 'read' | 'signal'>): Promise<Row[]> {
  const rows: Row[] = []
  for (const { id } of samples) {
    signal?.throwIfAborted()
    rows.push(readRow(await read(id), id))
  }
  return rows
}

/** Target `labels`: class index; or `target`: the number, standardised, and 0 where there is none. */
export async function rowSet(request: LoadRequest, target: 'class' | 'number'): Promise<DataSet> {
  const { samples, config } = request
  const input = inputOf('row', config)
  const { numbers, codes } = encodeRows(await readRows(request), input)
  const truths = Float64Array.from(samples, numberLabel)
  const { mean, std } = input.target ?? { mean: 0, std: 1 }
  const copy = (from: Float32Array | BigInt64Array, width: number, rows: ArrayLike<number>, out: unknown): void => {
    if (width > 0 && ArrayBuffer.isView(out)) for (let i = 0; i < rows.length; i++) (out as Float32Array).set(from.subarray((rows[i] ?? 0) * width, ((rows[i] ?? 0) + 1) * width) as Float32Array, i * width)
  }
  return {
    count: samples.length,
    ids: Int32Array.from(samples, (s) => s.id),
    labels: Int32Array.from(samples, (s, i) => (target === 'class' ? s.class : Number.isFinite(truths[i]) ? 0 : -1)),
    tensors: { ...rowFeatureSpecs(config), ...(target === 'class' ? { labels: { dtype: 'int64', shape: [] } } : { target: { dtype: 'float32', shape: [] } }) },
    fill: (rows, out) => {
      copy(numbers, numberColumns(input).length, rows, out['numbers'])
      copy(codes, categoryColumns(input).length, rows, out['codes'])
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] ?? 0
        if (out['labels'] instanceof BigInt64Array) out['labels'][i] = BigInt(Math.max(0, samples[row]?.class ?? 0))
        if (out['target'] instanceof Float32Array) out['target'][i] = Number.isFinite(truths[row]) ? ((truths[row] ?? 0) - mean) / std : 0
      }
    },
    truth: (row) => (target === 'class' ? null : truths[row]),
  }
}
