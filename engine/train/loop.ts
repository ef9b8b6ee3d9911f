// The training loop: epochs, validation, best and last checkpoints, early stopping, in an order that a kill at any moment cannot upset.
import { LatheError, serializeError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { DataSet } from '../data/types.ts'
import { network } from '../models/network.ts'
import { optimizer } from '../optimizers/index.ts'
import { schedule } from '../schedules/index.ts'
import { task } from '../tasks/index.ts'
import { Batches } from './batches.ts'
import { diverged } from './callbacks/divergence.ts'
import { afterEpoch } from './callbacks/early-stopping.ts'
import { improves, lowerIsBetter } from './callbacks/monitor.ts'
import { checkTrainData, countLabels, labelledRows } from './check-data.ts'
import { classWeights } from './class-weights.ts'
import { runEpoch } from './epoch.ts'
import { Evaluator, type Inference } from './evaluate.ts'
import { carriedOver, frozenAt, thaws } from './freezing.ts'
import { Meter } from './meter.ts'
import { keptForm, type FormOptions } from './form.ts'
import { lengthsOf } from './lengths.ts'
import { PaddedSteps } from './padded-steps.ts'
import { noSums, type Position } from './position.ts'
import { Session } from './session.ts'
import { checkSnapshots, snapshotAt } from './snapshots.ts'
import { checkPlace, startOf } from './start.ts'
import type { TrainOptions, TrainOutcome } from './types.ts'

/**
 * Trains until all epochs are done, early stopping ends it, or control says pause or stop. The same seed, data and
 * recipe give the same weights bit for bit, however often the run is interrupted; a resumed run with more epochs
 * (extend) follows the schedule of the longer run from there on.
 *
 * Emits one `ended` in every case. Throws LatheError: `data` before anything is compiled, `diverged`, `cancelled`,
 * `corrupt` or `conflict` for a checkpoint that does not fit, `usage` for unknown names.
 */
export async function train(options: TrainOptions): Promise<TrainOutcome> {
  try {
    const outcome = await run(options)
    options.emit({ type: 'ended', status: outcome.status })
    return outcome
  } catch (error) {
    const serialized = serializeError(error)
    options.emit({ type: 'ended', status: serialized.kind === 'cancelled' ? 'stopped' : 'failed', error: serialized })
    throw error
  }
}

async function run(options: TrainOptions): Promise<TrainOutcome> {
  const { config } = options
  if (config.ensemble) throw new LatheError('usage', 'an ensemble is trained member by member: give the recipe of one')
  checkSnapshots(config)
  const classes = options.classes.length
  const start = performance.now()
  const { label, leastClasses = 2 } = task(config.task)
  const warnings = checkTrainData(options.train, options.val, label === 'class' && leastClasses > 1 ? options.classes : null)
  const val = options.val && labelledRows(options.val) > 0 ? options.val : null
  // Refuses unknown names and options before anything is compiled.
  schedule(config.schedule).factor(0, 1, 1, config.scheduleOptions)
  const net = network(config, classes)
  const from = startOf(options, net, optimizer(config.optimizer))
  const perClass = label === 'class' ? classWeights(config, countLabels(options.train, classes)) : null
  const labelled = labelledRows(options.train)
  const batch = Math.min(config.batch, labelled)
  const { shorter, warnings: ofLengths } = lengthsOf(config, classes, options.train, batch)
  const batches = new Batches(options.train, config, batch, shorter)
  checkPlace(from.position, batches.perEpoch, config)
  const monitor = monitorOf(config, val)

  const threads = options.threads === undefined ? {} : { threads: options.threads }
  const compile = (form: WantedForm): Promise<PaddedSteps> => PaddedSteps.create(config, classes, batch, { shorter, ...(options.stepsPerRun !== undefined && { stepsPerRun: options.stepsPerRun }), ...(options.ahead !== undefined && { ahead: options.ahead }), ...threads, classWeights: perClass, steps: config.epochs * batches.perEpoch, frozen: frozenAt(config, net, from.position.epoch), ...form, ...(options.tuning && { tuning: options.tuning }) })
  const steps = await compile(formOf(options, from.position))
  steps.step.load(from.weights, from.optimizer)
  const moved = thaws(config, from.position) ? [] : formWarnings(from.position, steps, options)
  Object.assign(from.position, steps.form)
  await using session = new Session(options, steps, batches, from.position)
  await using evaluator = val ? await Evaluator.create(config, classes, { batch: Math.min(256, val.count), ...threads }) : null
  const total = config.epochs * batches.perEpoch
  options.emit({ type: 'started', parameters: net.size, resumedAtStep: session.position.step })
  for (const message of [...warnings, ...ofLengths, ...from.warnings, ...moved, ...fullBatchWarnings(config, batches)]) options.emit({ type: 'warning', message })

  const validate = async (): Promise<Record<string, number>> => {
    if (!evaluator || !val) return {}
    const inference = await evaluator.run(session.step.weights, val, { onBatch: () => { stopIfCancelled(options) } })
    session.step.set(task(config.task).calibrate?.({ set: val, outputs: inference.outputs }) ?? {})
    return validationMetrics(config, inference)
  }
  const outcome = (status: TrainOutcome['status']): TrainOutcome => ({ status, epochs: session.position.epoch, steps: session.position.step, seconds: (performance.now() - start) / 1000, metrics: session.metrics(), weightsHash: session.hash(), state: session.state() })

  if (!options.resume) await session.save('last')
  const meter = new Meter(total, batches.perEpoch, config.epochs, session.position.step, performance.now())
  while (session.position.epoch < config.epochs && !session.position.stopping.stopped) {
    await thaw(session, compile)
    const { control, waited } = await runEpoch(session, meter, total)
    stopIfCancelled(options)
    if (session.position.stepInEpoch < batches.perEpoch) {
      if (control === 'stop' && !session.position.best) await session.save('best')
      await session.save('last')
      return outcome(control === 'pause' ? 'paused' : 'stopped')
    }
    await endEpoch(session, monitor, total, waited, validate)
    const after = options.signals.control()
    const over = session.position.epoch >= config.epochs || session.position.stopping.stopped
    if (!over && (after === 'pause' || after === 'stop')) return outcome(after === 'pause' ? 'paused' : 'stopped')
  }
  return outcome('finished')
}

type WantedForm = Pick<FormOptions, 'layout' | 'workers' | 'threads'>

/** That of the run which goes on, else what the caller asks for. */
function formOf(options: TrainOptions, position: Position): WantedForm {
  if (options.resume) return keptForm(position, options.threads)
  return { ...(options.layout !== undefined && { layout: options.layout }), ...(options.workers !== undefined && { workers: options.workers }) }
}

/** Where layers thaw, another step of the same form goes on with the weights; its optimizer begins anew, and early stopping waits anew. */
async function thaw(session: Session, compile: (form: WantedForm) => Promise<PaddedSteps>): Promise<void> {
  const { position, options, step: { weights, optimizerState } } = session
  if (!thaws(options.config, position)) return
  position.stopping = { ...position.stopping, waited: 0 }
  const next = await compile(keptForm(position, options.threads))
  next.step.load(weights, carriedOver(options.config, position, optimizerState))
  Object.assign(position, next.form)
  await session.replace(next)
}

/** A checkpoint from another machine goes on, but not bit for bit. */
function formWarnings(saved: Position, { form }: PaddedSteps, { resume }: TrainOptions): string[] {
  if (!resume) return []
  const name = (layout: number): string => (layout === 0 ? 'standard' : `blocks of ${layout}`)
  return [
    ...(saved.layout === form.layout ? [] : [`the checkpoint was made with weights in ${name(saved.layout)} order, which this processor has no fast operators for; the run goes on in ${name(form.layout)} order: the same up to rounding, not bit for bit`]),
    ...(saved.workers === form.workers ? [] : [`the checkpoint was made with batches in ${saved.workers} parts side by side, which this system gives no threads for; the run goes on with whole batches: the same up to rounding, not bit for bit`]),
  ]
}

/** Metrics of the epoch, best checkpoint, early stopping; then the checkpoint that says the epoch is done. */
async function endEpoch(session: Session, monitor: string, total: number, waited: number, validate: () => Promise<Record<string, number>>): Promise<void> {
  const { config } = session.options
  const { position } = session
  const { epochSums: sums, epochSeconds: seconds } = position
  const lr = session.rate(position.step - 1, total)
  const measured: Record<string, number> = { 'train/loss': sums.loss / sums.rows, ...hitsOf(config, 'train', sums.correct / sums.rows), ...(await validate()) }
  const timed: Record<string, number> = seconds > 0 ? { 'train/throughput': sums.rows / seconds, 'train/seconds': seconds, 'train/wait': Math.min(1, waited / 1000 / seconds) } : {}
  for (const [name, number] of Object.entries(measured)) {
    if (!Number.isFinite(number)) throw diverged({ step: position.step, epoch: position.epoch + 1, tensor: name, value: number, config, lastGoodStep: session.savedStep })
  }
  session.record({ ...measured, 'train/lr': lr, ...timed })
  const value = measured[monitor]
  Object.assign(position, { epoch: position.epoch + 1, stepInEpoch: 0, epochSums: noSums(), windowSums: noSums(), epochSeconds: 0 })
  position.stopping = afterEpoch(position.stopping, config.earlyStopping, monitor, value)
  if (value !== undefined) position.schedule = schedule(config.schedule).afterEpoch?.(position.schedule, value, lowerIsBetter(monitor), config.scheduleOptions) ?? position.schedule
  if (value !== undefined && improves(monitor, value, position.best?.value ?? null)) {
    position.best = { value, epoch: position.epoch, step: position.step, metrics: measured }
    await session.save('best')
  }
  // Before the checkpoint that says the epoch is done: a run killed between the two makes the same snapshot again.
  const number = snapshotAt(config, position.epoch)
  if (number !== null) await session.options.snapshot?.(number, session.state(), { epoch: position.epoch, weightsHash: session.hash() })
  await session.save('last')
}

/** Curvature between steps means little where each sees other samples or other masks. */
function fullBatchWarnings(config: TrainConfig, { perEpoch }: Batches): string[] {
  if (!optimizer(config.optimizer).fullBatch) return []
  const against = [...(perEpoch > 1 || config.accumulate > 1 ? ['a batch of fewer than all samples'] : []), ...(config.dropout > 0 ? ['dropout'] : []), ...(config.augment ? ['augmentation'] : [])]
  return against.length === 0 ? [] : [`optimizer ${config.optimizer} works on all samples at once and without noise; with ${against.join(' and ')} expect poor steps`]
}

/** What decides the best checkpoint; training's own metric stands in where there is nothing to validate on. */
function monitorOf(config: TrainConfig, val: DataSet | null): string {
  const { hits, monitor = 'val/loss' } = task(config.task)
  const wanted = config.earlyStopping?.monitor ?? monitor
  const all = ['val', 'train'].flatMap((split) => ['loss', ...(hits === null ? [] : [hits])].map((name) => `${split}/${name}`))
  if (!all.includes(wanted)) throw new LatheError('usage', `early stopping cannot watch '${wanted}'; it can watch ${all.join(', ')}`)
  return val ? wanted : wanted.replace('val/', 'train/')
}

/** Means over labelled rows. */
export function validationMetrics(config: TrainConfig, { labelled, loss, correct }: Inference): Record<string, number> {
  return labelled === 0 ? {} : { 'val/loss': loss / labelled, ...hitsOf(config, 'val', correct / labelled) }
}

function hitsOf({ task: id }: TrainConfig, split: string, share: number): Record<string, number> {
  const { hits } = task(id)
  return hits === null ? {} : { [`${split}/${hits}`]: share }
}

function stopIfCancelled({ signals }: TrainOptions): void {
  if (signals.control() === 'cancel') throw new LatheError('cancelled', 'training was cancelled')
}
