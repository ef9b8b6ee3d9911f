// Times our own training step in a process of its own: node step.ts WORKLOAD STEPS [THREADS]; without THREADS as training chooses. Prints one line of JSON.
import { Random } from '../../engine/data/random.ts'
import { TrainStep } from '../../engine/train/step.ts'
import { createSequenceStep } from './sequence.ts'
import { CLASSES, configOf, isWorkload, workloads, type PictureWorkload, type Workload } from './workloads.ts'

const [name = '', steps = '60', threads] = process.argv.slice(2)
if (!isWorkload(name)) throw new Error(`no workload '${name}'; there are ${Object.keys(workloads).join(', ')}`)
const workload: Workload = workloads[name]
/** Least steps and milliseconds before times count: small steps are slow until the JIT has seen them. */
const WARM = 10
const WARM_MS = 300
/** Fresh batches in rotation, as many as fit no cache. */
const BATCHES = 64

interface Timed extends AsyncDisposable {
  readonly variant: string
  /** Step `t`, from 1; returns the loss. */
  run(t: number): Promise<number>
}

async function pictureStep(workload: PictureWorkload, threads: number | null): Promise<Timed> {
  const step = await TrainStep.create(configOf(workload), CLASSES, workload.batch, threads === null ? {} : { threads })
  step.rows.fill(1)
  const random = new Random(1, 'sample')
  const batches = Array.from({ length: BATCHES }, () => ({
    pixels: Uint8Array.from({ length: step.pixels.length }, () => random.int(256)),
    labels: BigInt64Array.from({ length: workload.batch }, () => BigInt(random.int(CLASSES))),
  }))
  return {
    variant: step.layout === 0 ? 'standard layout' : `blocks of ${step.layout}`,
    run: async (t) => {
      const batch = batches[t % batches.length]
      if (batch) {
        step.pixels.set(batch.pixels)
        step.labels.set(batch.labels)
      }
      return (await step.run(t, 1e-3)).objective
    },
    [Symbol.asyncDispose]: () => step[Symbol.asyncDispose](),
  }
}

const started = performance.now()
const own = threads === undefined ? null : Number(threads)
await using step = workload.kind === 'picture' ? await pictureStep(workload, own) : Object.assign(await createSequenceStep(workload, BATCHES, own), { variant: 'standard layout' })
const createMs = performance.now() - started
const times: number[] = []
let loss = NaN
const begun = performance.now()
for (let i = 0; times.length < Number(steps); i++) {
  const from = performance.now()
  loss = await step.run(i + 1)
  if (i >= WARM && from - begun >= WARM_MS) times.push(performance.now() - from)
}
times.sort((a, b) => a - b)
console.log(JSON.stringify({ ms: times[times.length >> 1], min: times[0], variant: step.variant, createMs, loss }))
