// Batches written for a run: of the next one beside the run that is under way, so that it need not wait.
import type { Position } from './position.ts'
import type { Run } from './run.ts'
import type { Session } from './session.ts'
import type { TrainStep } from './step.ts'

/** Where in a run a batch is. */
export type Batch = Pick<Position, 'epoch' | 'stepInEpoch' | 'step'>

export interface Prepared {
  readonly at: Batch
  readonly step: TrainStep
  readonly run: Run
  /** Real rows of each batch. */
  readonly rows: readonly number[]
}

/** Writes the batches of the next run from `at` on; `total` are the steps of the whole session. */
export async function prepare(session: Session, at: Batch, total: number): Promise<Prepared> {
  const { batches, pace, options } = session
  const step = session.stepOf(batches.lengthOf(at.epoch, at.stepInEpoch))
  const run = await pace.next(step, batches.perEpoch - at.stepInEpoch, total - at.step, options.checkpointEveryMs)
  const rows = run.slots.map((slot, i) => {
    batches.fillMasks(slot, step.built.masks, at.step + i)
    return batches.fill(slot, at.epoch, at.stepInEpoch + i)
  })
  return { at: { ...at }, step, run, rows }
}

/** Where the run after `done` steps from `at` begins; null where there is none. */
export function following({ epoch, stepInEpoch, step }: Batch, done: number, perEpoch: number, epochs: number): Batch | null {
  const next = { epoch, stepInEpoch: stepInEpoch + done, step: step + done }
  if (next.stepInEpoch < perEpoch) return next
  return epoch + 1 < epochs ? { ...next, epoch: epoch + 1, stepInEpoch: 0 } : null
}

export const sameBatch = (a: Batch, b: Batch): boolean => a.step === b.step && a.epoch === b.epoch && a.stepInEpoch === b.stepInEpoch
