// Parity: the exported file, opened afresh, must give the app's numbers, from the stored bytes of real samples on.
import { Program, tensor, type Tensor } from '../compile/program.ts'
import type { Parity } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { allocate, type DataSet, type TensorData, type TensorSpec } from '../data/types.ts'
import { task } from '../tasks/index.ts'
import type { RawOutputs } from '../tasks/task.ts'
import { Evaluator } from '../train/evaluate.ts'

/** Fewest samples that a certificate needs; all where the project has fewer. */
export const PARITY_SAMPLES = 50
export const PARITY_BATCHES: readonly number[] = [1, 2, 7]
export const PARITY_TOLERANCE = 1e-5

export interface ParityRequest {
  /** Bytes of the written file. */
  readonly model: Uint8Array
  readonly config: TrainConfig
  readonly classes: number
  readonly weights: Float32Array
  /** The samples as the app loads them for evaluation. */
  readonly set: DataSet
  /** Source bytes of a sample by its id. */
  readonly read: (id: number) => Promise<Uint8Array> | Uint8Array
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/**
 * Compares the largest difference (absolute up to 1, relative above) of the outputs that the task compares, over all samples at every batch size.
 * The app's side is the program that evaluation uses; the file's side a fresh session fed with the samples' own bytes.
 * @throws LatheError `parity` where the difference is over the tolerance or not a number.
 */
export async function checkParity(request: ParityRequest): Promise<Parity> {
  const { set, config, signal } = request
  const { compare } = task(config.task).exported
  if (set.count === 0) throw new LatheError('data', 'parity: there is no sample to compare the exported file with; import at least one')
  const expected = await app(request)
  await using file = await Program.load('exported file', request.model)
  const groups = await byShape(request)
  const samples = groups.reduce((sum, group) => sum + group.length, 0)
  let maxAbsDiff = 0
  let worst = { sample: 0, batch: 0, output: compare[0] ?? '' }
  let done = 0
  for (const batch of PARITY_BATCHES) {
    for (const group of groups) {
      for (let start = 0; start < group.length; start += batch) {
        signal?.throwIfAborted()
        // A batch must be full and of one size: a group's first samples fill up its last batch.
        const rows = Array.from({ length: batch }, (_, i) => group[(start + i) % group.length]).filter((r) => r !== undefined)
        const found = await file.run(stacked(rows))
        for (const output of compare) {
          const difference = largestDifference(expected, output, found[output], rows)
          if (difference.value > maxAbsDiff) {
            maxAbsDiff = difference.value
            worst = { sample: set.ids[difference.index] ?? 0, batch, output }
          }
        }
        done += Math.min(batch, group.length - start)
        request.onProgress?.(done, samples * PARITY_BATCHES.length)
      }
    }
  }
  if (maxAbsDiff > PARITY_TOLERANCE) {
    throw new LatheError('parity', `the exported file gives other numbers than the app: largest difference of ${worst.output} ${maxAbsDiff.toExponential(2)} (sample ${worst.sample}, batch ${worst.batch}), at most ${PARITY_TOLERANCE.toExponential()} is allowed. Nothing was written; please report this`, { maxAbsDiff, ...worst })
  }
  return { maxAbsDiff, samples, batches: PARITY_BATCHES, tolerance: PARITY_TOLERANCE }
}

async function app({ config, classes, weights, set }: ParityRequest): Promise<RawOutputs> {
  await using evaluator = await Evaluator.create(config, classes, { batch: Math.min(128, set.count) })
  return (await evaluator.run(weights, set)).outputs
}

interface Row {
  readonly index: number
  readonly feeds: Readonly<Record<string, Tensor>>
}

/** Rows that can stand in one batch together, fed from their source bytes. */
async function byShape({ set, config, read, signal }: ParityRequest): Promise<Row[][]> {
  const { exported } = task(config.task)
  const groups = new Map<string, Row[]>()
  // Rows that are parts of one sample (windows of a long recording) are not what its bytes alone give.
  const parts = new Map<number, number>()
  for (const id of set.ids) parts.set(id, (parts.get(id) ?? 0) + 1)
  for (let index = 0; index < set.count; index++) {
    signal?.throwIfAborted()
    if (!exported.feedsOfRow && (parts.get(set.ids[index] ?? 0) ?? 0) > 1) continue
    const feeds = exported.feedsOfRow ? exported.feedsOfRow(set, index, config) : await exported.feeds(await read(set.ids[index] ?? 0), config)
    if (!feeds) continue
    const key = JSON.stringify(Object.entries(feeds).map(([name, { shape }]) => [name, shape]))
    const group = groups.get(key)
    if (group) group.push({ index, feeds })
    else groups.set(key, [{ index, feeds }])
  }
  if (groups.size === 0) throw new LatheError('data', 'parity: none of the samples can be fed to the exported file')
  return [...groups.values()]
}

/** The rows' tensors, one after another. */
function stacked(rows: readonly Row[]): Record<string, Tensor> {
  const [first] = rows
  if (!first) throw new LatheError('internal', 'parity: an empty batch')
  return Object.fromEntries(Object.entries(first.feeds).map(([name, { dtype, shape }]) => {
    const inner = shape.slice(1).map(Number)
    const data = allocate({ dtype: dtype as TensorSpec['dtype'], shape: inner }, rows.length)
    const size = data.length / rows.length
    rows.forEach(({ feeds }, i) => { data.set(feeds[name]?.data as never, i * size) })
    return [name, tensor(dtype, data, [rows.length, ...inner])]
  }))
}

function largestDifference(expected: RawOutputs, output: string, found: Tensor | undefined, rows: readonly Row[]): { value: number; index: number } {
  const wanted = expected[output]
  if (!wanted) throw new LatheError('internal', `parity: evaluation has no output '${output}'`)
  if (!found) throw new LatheError('parity', `the exported file has no output '${output}'`)
  const size = wanted.shape.reduce((a, b) => a * b, 1)
  const values = found.data as TensorData
  let worst = { value: values.length === size * rows.length ? 0 : Infinity, index: rows[0]?.index ?? 0 }
  rows.forEach(({ index }, i) => {
    for (let k = 0; k < size; k++) {
      const value = Number(wanted.data[index * size + k] ?? NaN)
      // Of numbers larger than 1 relative to them: float32 holds seven digits.
      const difference = Math.abs(Number(values[i * size + k] ?? NaN) - value) / Math.max(1, Math.abs(value))
      if (!(difference <= worst.value)) worst = { value: Number.isNaN(difference) ? Infinity : difference, index }
    }
  })
  return worst
}
