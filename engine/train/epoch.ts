// One epoch, from wherever the position stands in it: steps, points inside it, checkpoints and control.
import type { MetricPoint } from '../contract/events.ts'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { diverged, exploded, firstBadParameter } from './callbacks/divergence.ts'
import { firstBadLayer } from './first-bad-layer.ts'
import type { Meter } from './meter.ts'
import { placeOf } from './place.ts'
import type { Session } from './session.ts'
import type { Control } from './types.ts'

/** Most milliseconds without letting messages in. */
const YIELD_EVERY = 8
/** Most points of `train/loss` inside an epoch, at fixed steps so that a resumed run gives the same ones. */
const POINTS_INSIDE = 500
/** An epoch shorter than this gets no points inside it; a longer one is told of this often. */
const TELL_EVERY = 800

export interface EpochResult {
  readonly control: Control
  /** Milliseconds spent on preparing batches in this session. */
  readonly waited: number
}

/** Runs until the epoch's last step is done or control says otherwise. Throws LatheError `diverged`. */
export async function runEpoch(session: Session, meter: Meter, total: number): Promise<EpochResult> {
  const { step, batches, options } = session
  const { config } = options
  const window = Math.max(1, Math.ceil(batches.perEpoch / POINTS_INSIDE))
  const pending: MetricPoint[] = []
  let told = performance.now()
  let yielded = told
  let waited = 0
  // What is told before a checkpoint is not told again after it.
  const tell = (): void => {
    if (pending.length > 0) options.emit({ type: 'metrics', points: pending.splice(0) })
    told = performance.now()
  }
  while (session.position.stepInEpoch < batches.perEpoch) {
    const { position } = session
    const began = performance.now()
    const rows = batches.fill(step, position.epoch, position.stepInEpoch)
    batches.fillMasks(step, step.built.masks, position.step)
    waited += performance.now() - began
    const before = step.keepIterate()
    const stats = await step.run(placeOf(config, position, batches), session.rate(position.step, total))
    if (exploded(stats.objective, step.built.network.classes) || !Number.isFinite(stats.lossSum)) {
      const tensor = firstBadParameter(session.parameters, before()) ?? (await firstBadLayer(config, step, before())) ?? 'loss'
      throw diverged({ step: position.step + 1, epoch: position.epoch + 1, tensor, value: stats.objective, config, lastGoodStep: session.savedStep })
    }
    position.step++
    position.stepInEpoch++
    session.addToSums(stats.lossSum, stats.correct, rows)

    const now = performance.now()
    position.epochSeconds += (now - began) / 1000
    const inside = position.stepInEpoch < batches.perEpoch
    if (inside && position.stepInEpoch % window === 0) {
      const sums = session.takeWindow()
      pending.push(...session.points({ 'train/loss': sums.loss / sums.rows }))
    }
    if (now - told >= TELL_EVERY) tell()
    const progress = meter.count(rows, position.step, now)
    if (progress) options.emit({ type: 'progress', progress })
    if (now - yielded >= YIELD_EVERY) {
      await nextTurn()
      yielded = performance.now()
    }
    const control = options.signals.control()
    if (control !== 'run' && inside) {
      tell()
      return { control, waited }
    }
    // Every 2 s; of large models less often, so that saving costs a twentieth of the time at most.
    if (inside && now - session.savedAt >= (options.checkpointEveryMs ?? Math.max(2000, 20 * session.saveCost))) {
      tell()
      await session.save('last')
    }
  }
  // Points of an epoch too short to have been told of inside are left out: its own point follows at once.
  if (session.position.epochSeconds * 1000 >= TELL_EVERY) tell()
  return { control: options.signals.control(), waited }
}
