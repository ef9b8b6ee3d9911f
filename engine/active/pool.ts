// Pool: what a trained network says of unlabelled samples, piece by piece, so that any number of them fits into memory.
import { LatheError } from '../contract/errors.ts'
import type { Progress, Skipped } from '../contract/commands.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { LoadSample, TensorData } from '../data/types.ts'
import { task } from '../tasks/index.ts'
import { rowOf } from '../tasks/support/row-of.ts'
import { Evaluator, FEATURES } from '../train/evaluate.ts'
import { strategy as strategyOf } from './index.ts'
import type { Parts, Vectors } from './strategy.ts'
import { unsureOf } from './unsure.ts'

/** Samples that are in memory at once. */
const PIECE = 512
const BATCH = 64
/** Labelled samples that stand for all of them, where distance to them is measured. */
const KNOWN = 500

export interface Pool {
  readonly config: TrainConfig
  readonly classes: readonly string[]
  /** Flat, in the network's parameter order. */
  readonly weights: Float32Array
  readonly samples: readonly LoadSample[]
  read(id: number): Promise<Uint8Array> | Uint8Array
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

type Row = Readonly<Record<string, TensorData>>

/** Tells the outputs of each row, with what the last layer reads under `FEATURES` where asked. Those that cannot be read are given back with the reason. */
export async function overPool(pool: Pool, features: boolean, tell: (id: number, row: Row) => void): Promise<Skipped[]> {
  const { config, classes, samples, signal, onProgress } = pool
  const definition = task(config.task)
  if (definition.together) throw new LatheError('usage', `${config.task}: samples are steps of one series, which are not labelled one by one`)
  await using evaluator = await Evaluator.create(config, classes.length, { batch: Math.min(BATCH, Math.max(1, samples.length)), features })
  const skipped: Skipped[] = []
  const over = async (piece: readonly LoadSample[]): Promise<void> => {
    signal?.throwIfAborted()
    try {
      const set = await definition.load({ samples: piece, others: [], read: (id) => pool.read(id), config, classes, purpose: 'predict', ...(signal && { signal }) })
      const { outputs } = await evaluator.run(pool.weights, set, { onBatch: () => { signal?.throwIfAborted() } })
      set.ids.forEach((id, row) => { tell(id, rowOf(outputs, row)) })
    } catch (error) {
      if (signal?.aborted || !(error instanceof LatheError) || error.kind === 'internal') throw error
      if (piece.length > 1) for (const one of piece) await over([one])
      else skipped.push({ path: String(piece[0]?.id ?? ''), reason: error.message })
    }
  }
  for (let at = 0; at < samples.length; at += PIECE) {
    await over(samples.slice(at, at + PIECE))
    onProgress?.({ done: Math.min(samples.length, at + PIECE), total: samples.length, stage: 'predicting' })
  }
  return skipped
}

export interface QueueItem {
  readonly sample: number
  /** 0 for sure, 1 at most; a distance where the order is by features. */
  readonly score: number
  readonly reason: string
}

/**
 * The samples of the pool that are best labelled next, the best first, `count` at most. `known`: labelled samples.
 * @throws LatheError `usage` for an unknown order, or one that the task gives nothing for.
 */
export async function queue(pool: Pool, by: string, known: readonly LoadSample[], count: number): Promise<{ readonly items: readonly QueueItem[]; readonly skipped: readonly Skipped[] }> {
  const found = strategyOf(by)
  const { parts } = task(pool.config.task)
  if (found.needs === 'probabilities') {
    if (!parts) throw new LatheError('usage', `${pool.config.task} gives no probabilities to be unsure of; order by diversity instead`)
    // Rows that share a sample: the least sure one counts.
    const best = new Map<number, QueueItem>()
    const skipped = await overPool(pool, false, (id, row) => {
      const own = parts(row, pool.config)
      const score = unsureOf(own, found)
      if (score >= (best.get(id)?.score ?? -1)) best.set(id, { sample: id, score, reason: reasonOf(own, pool.classes, found.title) })
    })
    return { items: [...best.values()].sort((a, b) => b.score - a.score || a.sample - b.sample).slice(0, count), skipped }
  }
  const few = known.length <= KNOWN ? known : Array.from({ length: KNOWN }, (_, i) => known[Math.floor((i * known.length) / KNOWN)]).filter((one) => one !== undefined)
  const { onProgress: _told, ...quiet } = pool
  const labelled = await vectors({ ...quiet, samples: few })
  const own = await vectors(pool)
  const items = found.pick(own.vectors, labelled.vectors, count).map(({ row, score }) => ({ sample: own.ids[row] ?? 0, score, reason: `${found.title.toLowerCase()}: ${score.toPrecision(3)} from the nearest labelled or queued sample` }))
  return { items, skipped: own.skipped }
}

async function vectors(pool: Pool): Promise<{ readonly ids: readonly number[]; readonly vectors: Vectors; readonly skipped: readonly Skipped[] }> {
  const found = new Map<number, Float32Array>()
  const skipped = await overPool(pool, true, (id, row) => {
    const vector = row[FEATURES]
    if (!(vector instanceof Float32Array)) throw new LatheError('usage', `model ${pool.config.model} has no layer whose input could tell samples apart`)
    if (!found.has(id)) found.set(id, vector)
  })
  const width = found.values().next().value?.length ?? 0
  const data = new Float32Array(width * found.size)
  ;[...found.values()].forEach((vector, i) => { data.set(vector, i * width) })
  return { ids: [...found.keys()], vectors: { data, width }, skipped }
}

function reasonOf({ data, width, fold }: Parts, classes: readonly string[], title: string): string {
  if (width === classes.length && data.length === width) {
    const [first = 0, second = 0] = [...data.keys()].sort((a, b) => (data[b] ?? 0) - (data[a] ?? 0))
    return `${classes[first] ?? ''} at ${share(data[first])}, ${classes[second] ?? ''} at ${share(data[second])}`
  }
  const parts = data.length / width
  if (parts === 0) return 'nothing was found in it'
  return `${title.toLowerCase()}, ${fold === 'most' ? `the least sure of ${parts}` : `mean of ${parts}`}`
}

const share = (p: number | undefined): string => `${((p ?? 0) * 100).toFixed(0)} %`
