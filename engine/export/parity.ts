// Parity: the exported file, opened afresh, must give the app's probabilities, from the stored bytes of real samples on.
import { Program, tensor } from '../compile/program.ts'
import type { Parity } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { decode } from '../data/decode.ts'
import { toChannels } from '../data/load.ts'
import type { ImageSet, Pixels } from '../data/types.ts'
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
  readonly set: ImageSet
  /** Source bytes of a sample by its id. */
  readonly read: (id: number) => Promise<Uint8Array> | Uint8Array
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/**
 * Compares the largest absolute difference of probabilities over all samples at every batch size.
 * The app's side is the program that evaluation uses; the file's side a fresh session fed with images at their original size.
 * @throws LatheError `parity` where the difference is over the tolerance or not a number.
 */
export async function checkParity(request: ParityRequest): Promise<Parity> {
  const { set, classes, signal } = request
  if (set.count === 0) throw new LatheError('data', 'parity: there is no sample to compare the exported file with; import at least one image')
  const expected = await app(request)
  await using file = await Program.load('exported file', request.model)
  const groups = await bySize(request)
  let maxAbsDiff = 0
  let worst = { sample: 0, batch: 0 }
  let done = 0
  for (const batch of PARITY_BATCHES) {
    for (const group of groups) {
      for (let start = 0; start < group.length; start += batch) {
        signal?.throwIfAborted()
        // A batch must be full and of one size: a group's first samples fill up its last batch.
        const rows = Array.from({ length: batch }, (_, i) => group[(start + i) % group.length]).filter((r) => r !== undefined)
        const found = await run(file, rows)
        rows.forEach(({ index }, i) => {
          for (let c = 0; c < classes; c++) {
            const difference = Math.abs((found[i * classes + c] ?? NaN) - (expected[index * classes + c] ?? NaN))
            if (difference > maxAbsDiff || Number.isNaN(difference)) {
              maxAbsDiff = Number.isNaN(difference) ? Infinity : difference
              worst = { sample: set.ids[index] ?? 0, batch }
            }
          }
        })
        done += Math.min(batch, group.length - start)
        request.onProgress?.(done, set.count * PARITY_BATCHES.length)
      }
    }
  }
  if (maxAbsDiff > PARITY_TOLERANCE) {
    throw new LatheError('parity', `the exported file gives other numbers than the app: largest difference of probabilities ${maxAbsDiff.toExponential(2)} (sample ${worst.sample}, batch ${worst.batch}), at most ${PARITY_TOLERANCE.toExponential()} is allowed. Nothing was written; please report this`, { maxAbsDiff, ...worst })
  }
  return { maxAbsDiff, samples: set.count, batches: PARITY_BATCHES, tolerance: PARITY_TOLERANCE }
}

async function app({ config, classes, weights, set }: ParityRequest): Promise<Float32Array> {
  await using evaluator = await Evaluator.create(config, classes, { batch: Math.min(128, set.count) })
  return (await evaluator.run(weights, set)).probabilities
}

interface Row {
  readonly index: number
  readonly pixels: Pixels
}

/** Samples of equal size together, decoded from their source bytes. */
async function bySize({ set, config, read, signal }: ParityRequest): Promise<Row[][]> {
  const groups = new Map<string, Row[]>()
  for (let index = 0; index < set.count; index++) {
    signal?.throwIfAborted()
    const pixels = toChannels(await decode(await read(set.ids[index] ?? 0)), config.input.channels)
    const key = `${pixels.height}×${pixels.width}`
    const group = groups.get(key)
    if (group) group.push({ index, pixels })
    else groups.set(key, [{ index, pixels }])
  }
  return [...groups.values()]
}

async function run(file: Program, rows: readonly Row[]): Promise<Float32Array> {
  const [first] = rows
  if (!first) throw new LatheError('internal', 'parity: an empty batch')
  const { height, width, channels } = first.pixels
  const size = height * width * channels
  const images = new Uint8Array(rows.length * size)
  rows.forEach(({ pixels }, i) => {
    images.set(pixels.data, i * size)
  })
  const { probabilities } = await file.run({ image: tensor('uint8', images, [rows.length, height, width, channels]) })
  if (!probabilities) throw new LatheError('parity', "the exported file has no output 'probabilities'")
  return probabilities.data as Float32Array
}
