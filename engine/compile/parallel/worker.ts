// The thread of a BackgroundProgram: one ORT session, run whenever the signal says so.
import { Tensor as OrtTensor } from 'onnxruntime-node'
import { parentPort, workerData } from 'node:worker_threads'
import { createSession } from '../session.ts'
import { SharedTensors } from './shared-tensors.ts'
import { MESSAGE, SIGNAL, STATE, leave, tell, type BackgroundWork, type State } from './signal.ts'

const work = workerData as BackgroundWork
const { tensors: given } = new SharedTensors(work.inputs)
const { tensors: made } = new SharedTensors(work.outputs)
const signal = made[SIGNAL]?.data as Int32Array
const message = made[MESSAGE]?.data as Uint8Array
const session = await createSession(work.bytes, { threads: 1 })
const feeds = Object.fromEntries(Object.entries(given).flatMap(([name, { dtype, data, shape }]) => (session.inputNames.includes(name) ? [[name, new OrtTensor(dtype as 'float32', data as Float32Array, shape)] as const] : [])))
parentPort?.postMessage('ready')

let resting: State = STATE.idle
while (leave(signal, resting) !== STATE.stop) {
  resting = await run()
  tell(signal, resting)
}
await session.release()

/** Once on what the inputs hold. */
async function run(): Promise<State> {
  try {
    const out = await session.run(feeds)
    for (const [name, value] of Object.entries(out)) {
      const target = made[name]?.data as Float32Array
      target.set(value.data as Float32Array)
    }
    return STATE.done
  } catch (error) {
    const text = new TextEncoder().encode(error instanceof Error ? error.message : String(error)).subarray(0, message.length - 1)
    message.fill(0)
    message.set(text)
    return STATE.failed
  }
}
