// Which lengths the batches of a run are padded to besides the full one: a pure function of recipe and data, so that a resumed run does the same.
import type { TrainConfig } from '../contract/recipe.ts'
import { bucketLengths } from '../data/buckets.ts'
import type { DataSet } from '../data/types.ts'
import { network } from '../models/network.ts'
import { task } from '../tasks/index.ts'

/** Steps that a batch is padded to; null is the full length of the recipe. */
export type Length = number | null

export interface Lengths {
  /** Rising; none where all batches have the full length. */
  readonly shorter: readonly number[]
  readonly warnings: readonly string[]
}

/** The recipe with rows padded to `length`. */
export const paddedTo = (config: TrainConfig, length: Length): TrainConfig => (length === null ? config : (task(config.task).padding?.to(config, length) ?? config))

/** As many as the recipe says, with the least padding of the labelled rows of `set`; without those that never fill a batch. */
export function lengthsOf(config: TrainConfig, classes: number, set: DataSet, batch: number): Lengths {
  const { padding } = task(config.task)
  const { lengths } = set
  if (config.buckets === 1) return { shorter: [], warnings: [] }
  if (!padding || !lengths) return { shorter: [], warnings: [`buckets: samples of the task ${config.task} all have one length, so there is nothing to pad less`] }
  const full = padding.full(config)
  const labelled = lengths.filter((_, row) => (set.labels[row] ?? -1) >= 0)
  const shorter = filled(labelled, bucketLengths(labelled, full, config.buckets).filter((length) => length < full), batch)
  const grows = shorter.map((length) => ownPlaces(config, classes, length)).find((name) => name !== null)
  if (grows !== undefined) return { shorter: [], warnings: [`buckets: '${grows}' has a part for each place up to ${full}, so all batches are padded to that length; positions that are not learned have no such limit`] }
  return { shorter, warnings: [] }
}

/** Those that fill at least one batch: what is left over joins the next longer length (`batches.ts`). */
function filled(rows: Int32Array, shorter: readonly number[], batch: number): number[] {
  const kept: number[] = []
  for (const length of shorter) {
    const before = kept.at(-1) ?? -1
    const left = rows.reduce((n, own) => n + (own <= before ? 1 : 0), 0) % batch
    if (left + rows.reduce((n, own) => n + (own > before && own <= length ? 1 : 0), 0) >= batch) kept.push(length)
  }
  return kept
}

/** The first parameter whose shape goes with the length, null where none does. */
function ownPlaces(config: TrainConfig, classes: number, length: number): string | null {
  const [full, short] = [network(config, classes), network(paddedTo(config, length), classes)]
  return full.parameters.find((p, i) => p.shape.join() !== short.parameters[i]?.shape.join())?.name ?? null
}
