// The thread of a BackgroundProgram: one ORT session a model, and a job run whenever the signal says so.
import { Tensor as OrtTensor, type InferenceSession } from 'onnxruntime-node'
import { parentPort, workerData } from 'node:worker_threads'
import { release } from '../release.ts'
import { createSession } from '../session.ts'
import { SharedTensors, type Place } from './shared-tensors.ts'
import { JOB, MESSAGE, SIGNAL, STATE, leave, tell, type BackgroundWork, type State } from './signal.ts'

const work = workerData as BackgroundWork
const shared = new SharedTensors(work.shared)
const { tensors: control } = new SharedTensors(work.control)
const signal = control[SIGNAL]?.data as Int32Array
const job = control[JOB]?.data as Int32Array
const message = control[MESSAGE]?.data as Uint8Array
const sessions: InferenceSession[] = []
for (const bytes of work.models) sessions.push(await createSession(bytes, { threads: 1, optimize: false }))
const tensors = (places: Readonly<Record<string, Place>>): Record<string, OrtTensor> =>
  Object.fromEntries(Object.entries(places).map(([name, place]) => {
    const { dtype, data, shape } = shared.view(place)
    return [name, new OrtTensor(dtype as 'float32', data as Float32Array, shape)]
  }))
const jobs = work.jobs.map(({ model, inputs, outputs }) => ({ session: sessions[model], feeds: tensors(inputs), fetches: tensors(outputs) }))
parentPort?.postMessage('ready')

let resting: State = STATE.idle
while (leave(signal, resting) !== STATE.stop) {
  resting = await run()
  tell(signal, resting)
}
for (const session of sessions) await session.release()

/** Once on what the inputs hold; ORT writes the outputs where they belong. */
async function run(): Promise<State> {
  try {
    const next = jobs[job[0] ?? 0]
    for (const copy of Object.values((await next?.session?.run(next.feeds, next.fetches)) ?? {})) release(copy)
    return STATE.done
  } catch (error) {
    const text = new TextEncoder().encode(error instanceof Error ? error.message : String(error)).subarray(0, message.length - 1)
    message.fill(0)
    message.set(text)
    return STATE.failed
  }
}
