// One epoch, from wherever the position stands in it: runs of one or more steps, points inside it, checkpoints and control.
import type { MetricPoint } from '../contract/events.ts'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { diverged, exploded, firstBadParameter } from './callbacks/divergence.ts'
import { firstBadLayer } from './first-bad-layer.ts'
import type { Meter } from './meter.ts'
import { placeOf } from './place.ts'
import { following, prepare, sameBatch } from './prepare.ts'
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
  const { batches, options } = session
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
    const { ahead } = session
    const { step, run, rows } = ahead && sameBatch(ahead.at, position) ? ahead : await prepare(session, position, total)
    session.ahead = null
    session.turnTo(step)
    const prepared = performance.now()
    let wait = prepared - began
    const [before, takeBack] = [step.keepIterate(), step.keep()]
    run.start(run.slots.map((_, i) => ({ place: placeOf(config, { epoch: position.epoch, stepInEpoch: position.stepInEpoch + i }, batches), lr: session.rate(position.step + i, total) })))
    const next = run.beside ? following(position, rows.length, batches.perEpoch, config.epochs) : null
    if (next) session.ahead = await prepare(session, next, total)
    const written = performance.now() - prepared
    const stats = await run.finish()
    // What it was writing for longer than the run took.
    if (next) wait += Math.max(0, written - run.took)
    waited += wait
    const bad = stats.findIndex((s) => exploded(s.objective, step.built.network.classes) || !Number.isFinite(s.lossSum))
    if (bad >= 0 && rows.length > 1) {
      // Once more one by one, to say where it began.
      takeBack()
      session.ahead = null
      await session.pace.stop()
      continue
    }
    if (bad >= 0) {
      const tensor = firstBadParameter(session.parameters, before()) ?? (run.slots[0] ? await firstBadLayer(step.config, step, run.slots[0], before()) : null) ?? 'loss'
      throw diverged({ step: position.step + 1, epoch: position.epoch + 1, tensor, value: stats[0]?.objective ?? NaN, config, lastGoodStep: session.savedStep })
    }
    const now = performance.now()
    session.pace.took(run.took, wait, rows.length)
    position.epochSeconds += (now - began) / 1000
    stats.forEach((s, i) => {
      position.step++
      position.stepInEpoch++
      session.addToSums(s.lossSum, s.correct, rows[i] ?? 0)
      if (position.stepInEpoch < batches.perEpoch && position.stepInEpoch % window === 0) {
        const sums = session.takeWindow()
        pending.push(...session.points({ 'train/loss': sums.loss / sums.rows }))
      }
    })
    const inside = position.stepInEpoch < batches.perEpoch
    if (now - told >= TELL_EVERY) tell()
    const progress = meter.count(rows.reduce((a, b) => a + b, 0), position.step, now)
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
