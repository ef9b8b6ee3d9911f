// In which form a training step runs: memory layout, threads, and whether the batch is cut in parts that run side by side. By rule, or as was measured for this machine and recipe; kept with the run.
import { createHash } from 'node:crypto'
import { availableParallelism, cpus } from 'node:os'
import { blockSize } from '../compile/blocked/probe.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { network } from '../models/network.ts'
import { compileStep, type CompiledStep, type Form, type Layout } from './compile-step.ts'
import { race } from './race.ts'
import { isLongRun, isLongStep, isShort, stepWork } from './threads.ts'

/** Remembers what was measured for longer than a process lasts: a choice that is measured anew could change from run to run, and with it the last bits of the weights. */
export interface Tuning {
  get(key: string): Form | undefined
  set(key: string, form: Form): unknown
}

export interface FormOptions {
  /** Of ONNX Runtime, for the whole batch in one part. */
  readonly threads?: number
  readonly classWeights?: readonly number[] | null
  /** Names of parameters that stand still in this step. */
  readonly frozen?: ReadonlySet<string>
  /** Of a run that goes on; chosen where left out. */
  readonly layout?: Layout
  /** Parts of the batch, side by side; chosen where nothing is said of threads and layout either, else 1. */
  readonly workers?: number
  /** Where the choice is measured and kept; without it the rule decides. */
  readonly tuning?: Tuning
  /** Of the whole run: a short one is not worth measuring. Many where left out. */
  readonly steps?: number
}

/** Asks for the form that a step of the same run has. */
export const keptForm = ({ layout, workers, threads }: Form, own?: number): Pick<FormOptions, 'layout' | 'workers' | 'threads'> => ({ layout, workers, ...(threads !== null && own === undefined && { threads }) })

/** Changes when forms are made in another way, and what was measured before is worth nothing. */
const VERSION = 2
/** Parts where a batch is cut. */
const WORKERS = 2
/** Floating-point operations of a step of convolutions from which two parts are faster than two threads. */
const WORTH_PARTS = 2e8
/** Below it one thread may do as well as two. */
const MAYBE_ALONE = 8e8
/** The form of the rule is kept unless another is faster by this: a busy machine measures badly, and a choice that hangs on noise is none. */
const MARGIN = 1.15
/** Floating-point operations of a run, about 0.2 s, from which starting a thread pays. */
const WORTH_THREAD = 2e10

/** Builds and compiles the step in the form that the options ask for, else the one that was measured, else that of the rule. */
export async function chooseStep(config: TrainConfig, classes: number, batch: number, options: FormOptions = {}): Promise<CompiledStep> {
  const { tuning, classWeights = null, frozen, threads, layout, workers, steps = Infinity } = options
  const { forms, block, work } = await formsOf(config, classes, batch, layout === 0)
  const compile = (form: Form): Promise<CompiledStep> => compileStep(config, classes, batch, classWeights, form, frozen)
  const fixed = threads === undefined ? null : { threads }
  const [first, ...others] = forms
    .map((form): Form => (fixed ? { ...form, ...fixed, workers: 1 } : form))
    .filter((form, i, all) => all.findIndex((f) => sameForm(f, form)) === i) as [Form, ...Form[]]
  if (layout !== undefined || workers !== undefined) return compile({ layout: layout === block || layout === undefined ? block : 0, workers: workers ?? 1, threads: threads ?? null })
  if (work * steps < WORTH_THREAD) return compile([first, ...others].find((form) => form.workers === 1) ?? first)
  if (!tuning || others.length === 0 || !isLongRun(work, steps)) return compile(first)
  const key = keyOf(config, classes, batch, options)
  const known = tuning.get(key)
  if (known && (known.layout === 0 || known.layout === block)) return compile(known)
  let best = await compile(first)
  for (const form of others) {
    // Of another layout little is to be hoped where the whole batch lost in it.
    if (form.layout !== best.form.layout && (form.workers > 1 || form.threads !== null)) continue
    const other = await compile(form)
    const worse = sameForm(other.form, best.form) || !(await race(best, other, MARGIN)) ? other : best
    best = worse === other ? best : other
    await worse.program[Symbol.asyncDispose]()
  }
  tuning.set(key, best.form)
  return best
}

/** The form that a step has where nothing was measured. */
export async function ruledForm(config: TrainConfig, classes: number, batch: number): Promise<Form> {
  const { forms } = await formsOf(config, classes, batch, false)
  return forms[0] as Form
}

async function formsOf(config: TrainConfig, classes: number, batch: number, standard: boolean): Promise<{ forms: Form[]; block: number; work: number }> {
  const net = network(config, classes)
  const convolves = net.parameters.some((p) => p.shape.length === 4)
  const block = !standard && convolves ? await blockSize() : 0
  const work = stepWork(net, batch)
  return { forms: formsFor({ block, work, convolves, batch }), block, work }
}

/** What can be tried, that of the rule first. */
function formsFor({ block, work, convolves, batch }: { readonly block: number; readonly work: number; readonly convolves: boolean; readonly batch: number }): Form[] {
  const layouts = block > 0 ? [block, 0] : [0]
  if (isShort(work)) return [{ layout: block, workers: 1, threads: 1 }]
  const whole = (layout: Layout): Form => ({ layout, workers: 1, threads: null })
  const cut = (layout: Layout): Form => ({ layout, workers: WORKERS, threads: null })
  if (availableParallelism() < WORKERS) return layouts.map(whole)
  return layouts.flatMap((layout) => {
    // Parts that fill no blocks have their pictures cut into strips, which costs what the parts gain.
    const full = block === 0 || (batch / WORKERS) % block === 0
    // Several short steps share a run where they are whole, which parts do not.
    const alone = !convolves && !isLongStep(work)
    const both = convolves && layout === block && full && work >= WORTH_PARTS ? [cut(layout), whole(layout)] : [whole(layout), ...(alone ? [] : [cut(layout)])]
    return work < MAYBE_ALONE ? [...both, { ...whole(layout), threads: 1 }] : both
  })
}

const sameForm = (a: Form, b: Form): boolean => a.layout === b.layout && a.workers === b.workers && a.threads === b.threads

/** What decides speed: processor, threads, and all of the recipe that shapes the graph of the full length. */
function keyOf(config: TrainConfig, classes: number, batch: number, { threads }: FormOptions): string {
  const { seed: _seed, epochs: _epochs, lr: _lr, schedule: _schedule, earlyStopping: _stopping, buckets: _buckets, ...shape } = config
  return createHash('sha256').update(JSON.stringify([VERSION, cpus()[0]?.model ?? '', availableParallelism(), threads ?? null, classes, batch, shape])).digest('hex').slice(0, 32)
}
