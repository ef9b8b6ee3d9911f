// The thread of a BackgroundProgram: one ORT session a model, and a job run whenever the signal says so.
import { Tensor as OrtTensor, type InferenceSession } from 'onnxruntime-node'
import { parentPort, workerData } from 'node:worker_threads'
import { release } from '../release.ts'
import { createSession } from '../session.ts'
import { SharedTensors, type Place } from './shared-tensors.ts'
import { JOB, MEETING, MESSAGE, SIGNAL, STATE, TOOK, flushes, leave, meet, tell, type BackgroundWork, type Ready, type State } from './signal.ts'

const work = workerData as BackgroundWork
const shared = new SharedTensors(work.shared)
const { tensors: control } = new SharedTensors(work.control)
const signal = control[SIGNAL]?.data as Int32Array
const job = control[JOB]?.data as Int32Array
const took = control[TOOK]?.data as Float32Array
const message = control[MESSAGE]?.data as Uint8Array
const meeting = work.meeting && { numbers: new SharedTensors(work.meeting.place).tensors[MEETING]?.data as Int32Array, members: work.meeting.members }
const sessions: InferenceSession[] = []
for (const { bytes, threads } of work.models) sessions.push(await createSession(bytes, { ...(threads !== null && { threads }), optimize: false }))
const tensors = (places: Readonly<Record<string, Place>>): Record<string, OrtTensor> =>
  Object.fromEntries(Object.entries(places).map(([name, place]) => {
    const { dtype, data, shape } = shared.view(place)
    return [name, new OrtTensor(dtype as 'float32', data as Float32Array, shape)]
  }))
const jobs = work.jobs.map((stages) => stages.map((stage) => stage && { session: sessions[stage.model], feeds: tensors(stage.inputs), fetches: tensors(stage.outputs) }))
parentPort?.postMessage({ flushes: flushes() } satisfies Ready)

let resting: State = STATE.idle
while (leave(signal, resting) !== STATE.stop) {
  const began = performance.now()
  resting = await run(jobs[job[0] ?? 0] ?? [])
  took[0] = performance.now() - began
  tell(signal, resting)
}
for (const session of sessions) await session.release()

/** Stages on what their inputs hold; ORT writes the outputs where they belong. Who fails still comes to the meetings. */
async function run(stages: (typeof jobs)[number]): Promise<State> {
  let state: State = STATE.done
  for (const [i, stage] of stages.entries()) {
    if (i > 0 && meeting) meet(meeting.numbers, meeting.members)
    if (!stage || state === STATE.failed) continue
    try {
      for (const copy of Object.values((await stage.session?.run(stage.feeds, stage.fetches)) ?? {})) release(copy)
    } catch (error) {
      const text = new TextEncoder().encode(error instanceof Error ? error.message : String(error)).subarray(0, message.length - 1)
      message.fill(0)
      message.set(text)
      state = STATE.failed
    }
  }
  return state
}
