// Ensemble: several networks that answer as one; how they come about, and which they are.
import { z } from 'zod'

/** Most members: a file holds all of them, and every answer runs them all. */
export const MOST_MEMBERS = 32

/** One network of an ensemble; its recipe is the ensemble's but for these. */
export const ensembleMember = z.object({
  /** Run that trained it, which may be gone since: the ensemble keeps its weights. */
  run: z.int().min(1),
  name: z.string(),
  /** Number of the snapshot of that run; null takes the run's best checkpoint. */
  snapshot: z.int().min(1).nullable(),
  model: z.string(),
  modelOptions: z.record(z.string(), z.unknown()),
  initializer: z.string(),
  seed: z.int().min(0).max(2 ** 32 - 1),
  /** Null until it is trained. */
  weightsHash: z.string().nullable(),
})
export type EnsembleMember = z.infer<typeof ensembleMember>

export const ensemble = z.object({
  /**
   * `seeds`: the same recipe, trained from several seeds one after another. `snapshots`: one training whose rate restarts, its weights taken
   * at the end of each cycle (Huang et al., "Snapshot ensembles", ICLR 2017, https://arxiv.org/abs/1704.00109). `runs`: trained before.
   */
  by: z.enum(['seeds', 'snapshots', 'runs']),
  count: z.int().min(2).max(MOST_MEMBERS),
  /** Those that there are so far, in order; the ensemble answers once there are `count`, all of them trained. */
  members: z.array(ensembleMember).max(MOST_MEMBERS).default([]),
})
export type Ensemble = z.infer<typeof ensemble>

/** As people write it: `3` for three seeds, `snapshots:5` for five snapshots of one run. */
export const ensembleSetting = z.union([
  ensemble,
  z.int().min(2).max(MOST_MEMBERS).transform((count): Ensemble => ({ by: 'seeds', count, members: [] })),
  z.string().regex(/^(seeds|snapshots):([2-9]|[12]\d|3[0-2])$/).transform((text): Ensemble => ({ by: text.startsWith('seeds') ? 'seeds' : 'snapshots', count: Number(text.slice(text.indexOf(':') + 1)), members: [] })),
], { error: `expected a number of members from 2 to ${MOST_MEMBERS}, snapshots:NUMBER, or null` })
