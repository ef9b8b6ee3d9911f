// Times our own training step in a process of its own: node step.ts WORKLOAD STEPS [THREADS|-] [WORKERS|-] [LAYOUT|-]; without them in the form that is measured to be fastest. Prints one line of JSON.
import { Random } from '../../engine/data/random.ts'
import type { Form } from '../../engine/train/compile-step.ts'
import { Pace } from '../../engine/train/pace.ts'
import { alone } from '../../engine/train/place.ts'
import type { Run } from '../../engine/train/run.ts'
import { TrainStep } from '../../engine/train/step.ts'
import { createSequenceStep } from './sequence.ts'
import { CLASSES, configOf, isWorkload, workloads, type PictureWorkload, type SequenceWorkload, type Workload } from './workloads.ts'

const [name = '', steps = '60', ...given] = process.argv.slice(2)
const [threads, workers, layout] = given.map((text) => (text === '-' ? undefined : Number(text)))
if (!isWorkload(name)) throw new Error(`no workload '${name}'; there are ${Object.keys(workloads).join(', ')}`)
const workload: Workload = workloads[name]
/** Least steps and milliseconds before times count: small steps are slow until the JIT has seen them. */
const WARM = 10
const WARM_MS = 300
/** Fresh batches in rotation, as many as fit no cache. */
const BATCHES = 64

interface Timed extends AsyncDisposable {
  readonly variant: string
  /** Goes on from step `t`, counted from 1, by as many as a run takes; returns how many, and the last loss. */
  run(t: number): Promise<{ readonly steps: number; readonly loss: number }>
}

const formName = ({ layout, workers, threads }: Form): string => [layout === 0 ? 'standard layout' : `blocks of ${layout}`, ...(workers > 1 ? [`${workers} workers`] : []), ...(threads === null ? [] : [`threads ${threads}`])].join(', ')

async function pictureStep(workload: PictureWorkload): Promise<Timed> {
  const kept = new Map<string, Form>()
  const asked = { ...(threads !== undefined && { threads }), ...(workers !== undefined && { workers }), ...(layout !== undefined && { layout }) }
  const step = await TrainStep.create(configOf(workload), CLASSES, workload.batch, { ...asked, tuning: kept })
  const pace = new Pace([step])
  const random = new Random(1, 'sample')
  const { batch, side, channels } = workload
  const batches = Array.from({ length: BATCHES }, () => ({
    pixels: Uint8Array.from({ length: batch * side * side * channels }, () => random.int(256)),
    labels: BigInt64Array.from({ length: batch }, () => BigInt(random.int(CLASSES))),
  }))
  const prepare = async (t: number): Promise<Run> => {
    const next = await pace.next(step, Infinity, Infinity)
    next.slots.forEach((slot, i) => {
      const fresh = batches[(t + i) % batches.length]
      slot.rows.fill(1)
      if (fresh && slot.buffers['pixels'] instanceof Uint8Array) slot.buffers['pixels'].set(fresh.pixels)
      if (fresh && slot.buffers['labels'] instanceof BigInt64Array) slot.buffers['labels'].set(fresh.labels)
    })
    return next
  }
  let ahead: Run | null = null
  return {
    variant: formName(step.form),
    run: async (t) => {
      const from = performance.now()
      const run = ahead ?? (await prepare(t))
      const wait = performance.now() - from
      run.start(run.slots.map((_, i) => ({ place: alone(t + i, 0.9), lr: 1e-3 })))
      ahead = run.beside ? await prepare(t + run.slots.length) : null
      const stats = await run.finish()
      pace.took(run.took, wait, stats.length)
      return { steps: stats.length, loss: stats.at(-1)?.objective ?? NaN }
    },
    [Symbol.asyncDispose]: async () => {
      await pace.stop()
      await step[Symbol.asyncDispose]()
    },
  }
}

/** Steps timed of each form, after some that are not. */
const TRIAL = 20

/** As asked, else the faster of whole batches on ORT's threads and of halves side by side, as training chooses. */
async function sequenceStep(workload: SequenceWorkload): Promise<Timed> {
  const forms: readonly { readonly threads?: number | undefined; readonly workers?: number | undefined }[] = threads !== undefined || workers !== undefined ? [{ threads, workers }] : [{}, { workers: 2 }]
  const made = await Promise.all(forms.map(async (form) => ({ form, step: await createSequenceStep(workload, BATCHES, form), ms: 0 })))
  for (const trial of forms.length > 1 ? made : []) {
    const times: number[] = []
    for (let t = 1; t <= TRIAL; t++) {
      const from = performance.now()
      await trial.step.run(t)
      times.push(performance.now() - from)
    }
    trial.ms = times.sort((a, b) => a - b)[TRIAL >> 1] ?? 0
  }
  const [best, ...others] = made.sort((a, b) => a.ms - b.ms)
  for (const { step } of others) await step[Symbol.asyncDispose]()
  if (!best) throw new Error('no form of the step')
  const { step, form } = best
  return { variant: formName({ layout: 0, workers: form.workers ?? 1, threads: form.threads ?? null }), run: async (t) => ({ steps: 1, loss: await step.run(t) }), [Symbol.asyncDispose]: () => step[Symbol.asyncDispose]() }
}

const started = performance.now()
await using step = workload.kind === 'picture' ? await pictureStep(workload) : await sequenceStep(workload)
const createMs = performance.now() - started
const times: number[] = []
let loss = NaN
let perRun = 1
const begun = performance.now()
for (let [t, counted] = [1, 0]; counted < Number(steps); ) {
  const from = performance.now()
  const done = await step.run(t)
  const ms = (performance.now() - from) / done.steps
  t += done.steps
  ;[loss, perRun] = [done.loss, done.steps]
  if (t > WARM && from - begun >= WARM_MS) {
    times.push(ms)
    counted += done.steps
  }
}
times.sort((a, b) => a - b)
console.log(JSON.stringify({ ms: times[times.length >> 1], min: times[0], variant: perRun > 1 ? `${step.variant}, ${perRun} steps a run` : step.variant, createMs, loss }))
