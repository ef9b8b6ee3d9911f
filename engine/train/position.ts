// Position: where in a run a checkpoint stands. Every random draw is a function of seed, epoch, step and sample, so these counters are the whole generator state.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { freshState, scheduleState } from '../schedules/schedule.ts'

const sums = z.object({ loss: z.number(), correct: z.number(), rows: z.int().min(0) })
/** Partial sums of training metrics. */
export type Sums = z.infer<typeof sums>

const metrics = z.record(z.string(), z.number())

export const position = z.object({
  version: z.literal(1),
  /** Steps done. */
  step: z.int().min(0),
  /** Epochs done. */
  epoch: z.int().min(0),
  stepInEpoch: z.int().min(0),
  /** Of the recipe when this was saved: more mean the run was extended. */
  epochs: z.int().min(1),
  /** Counters of each stream: shuffle by epoch, augmentation by epoch and sample, dropout by step. */
  generator: z.object({ seed: z.int().min(0), shuffle: z.int().min(0), augment: z.int().min(0), dropout: z.int().min(0) }),
  /** Of the epoch under way. */
  epochSums: sums,
  /** Since the last point inside the epoch. */
  windowSums: sums,
  /** Seconds trained in the epoch under way. */
  epochSeconds: z.number().min(0),
  best: z.object({ value: z.number(), epoch: z.int(), step: z.int(), metrics }).nullable(),
  /** Best value that early stopping counts from, and epochs since. */
  stopping: z.object({ value: z.number().nullable(), waited: z.int().min(0), stopped: z.boolean() }),
  /** Form of the step; it decides how sums round, so a resumed run keeps it. Memory layout: 0 standard, else the block. */
  layout: z.int().min(0).default(0),
  /** Parts of the batch that run side by side. */
  workers: z.int().min(1).default(1),
  /** Threads of ONNX Runtime where they were chosen; null is its own choice. */
  threads: z.int().min(1).nullable().default(null),
  /** Of a schedule that follows a metric. */
  schedule: scheduleState.default(freshState),
  /** Latest value by name. */
  metrics,
})
export type Position = z.infer<typeof position>

export function startPosition(config: TrainConfig): Position {
  return {
    version: 1,
    step: 0,
    epoch: 0,
    stepInEpoch: 0,
    epochs: config.epochs,
    generator: { seed: config.seed, shuffle: 0, augment: 0, dropout: 0 },
    epochSums: noSums(),
    windowSums: noSums(),
    epochSeconds: 0,
    best: null,
    stopping: { value: null, waited: 0, stopped: false },
    layout: 0,
    workers: 1,
    threads: null,
    schedule: freshState(),
    metrics: {},
  }
}

export function noSums(): Sums {
  return { loss: 0, correct: 0, rows: 0 }
}

/** Throws LatheError `corrupt` for what is no position, `conflict` where it belongs to another recipe. */
export function readPosition(value: unknown, config: TrainConfig): Position {
  const parsed = position.safeParse(value)
  if (!parsed.success) throw new LatheError('corrupt', `checkpoint: its position cannot be read: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
  const found = parsed.data
  if (found.generator.seed !== config.seed) throw new LatheError('conflict', `checkpoint: it was made with seed ${found.generator.seed}, the recipe says ${config.seed}; a run can only be resumed with its own recipe`)
  // A run that had stopped early goes on when it is given more epochs.
  if (config.epochs > found.epochs) found.stopping = { ...found.stopping, waited: 0, stopped: false }
  return { ...found, epochs: config.epochs }
}
