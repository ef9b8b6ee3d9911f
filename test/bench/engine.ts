// Times of training steps, ours and PyTorch's in turn, each in a process of its own, with fresh batches on both sides.
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { workloads, type Workload, type WorkloadName } from './workloads.ts'

const run = promisify(execFile)
const here = import.meta.dirname

export interface EngineBench {
  readonly names: readonly WorkloadName[]
  /** Python with torch, or null for our times alone. */
  readonly python: string | null
  /** One line of JSON a workload: workload, ours, peer, ratio, peerVariant (milliseconds, medians). */
  readonly json: boolean
  /** Times each side is measured, in turn; the median of their medians counts. */
  readonly rounds: number
  readonly steps: number
  /** Of ours; null as training chooses. */
  readonly threads: number | null
}

interface Timing {
  /** Median and least, in milliseconds. */
  readonly ms: number
  readonly min: number
  /** Variant of the peer; layout of ours. */
  readonly variant: string
}

export async function benchEngine({ names, python, json, rounds, steps, threads }: EngineBench): Promise<void> {
  if (python !== null) await checkTorch(python)
  for (const name of names) {
    const workload = workloads[name]
    const ours: Timing[] = []
    const peer: Timing[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await timing(process.execPath, [path.join(here, 'step.ts'), name, String(steps), ...(threads === null ? [] : [String(threads)])]))
      // All variants once; then the best of them, so that both sides are measured close together.
      if (python !== null) peer.push(await timing(python, [path.join(here, 'peer.py'), JSON.stringify(workload), String(steps), peer[0]?.variant ?? 'all']))
    }
    report(name, workload, ours, peer, json)
  }
}

function report(name: string, workload: Workload, ours: readonly Timing[], peer: readonly Timing[], json: boolean): void {
  const [own, other] = [median(ours.map((t) => t.ms)), peer.length > 0 ? median(peer.map((t) => t.ms)) : null]
  const variant = peer[0]?.variant ?? null
  const ratio = other === null ? null : own / other
  if (json) {
    console.log(JSON.stringify({ workload: name, ours: round(own), peer: other === null ? null : round(other), ratio: ratio === null ? null : round(ratio), peerVariant: variant }))
    return
  }
  const least = Math.min(...ours.map((t) => t.min))
  const against = other === null ? '' : `   PyTorch ${other.toFixed(2)} ms (least ${Math.min(...peer.map((t) => t.min)).toFixed(2)}; ${variant ?? ''})   ours ÷ PyTorch ${(own / other).toFixed(2)}, of the least ${(least / Math.min(...peer.map((t) => t.min))).toFixed(2)}`
  console.log(`${workload.title.padEnd(44)} batch ${String(workload.batch).padEnd(4)} ours ${own.toFixed(2)} ms (least ${least.toFixed(2)}; ${ours[0]?.variant ?? ''})${against}`)
}

/** The last line of JSON that a command prints. */
async function timing(command: string, args: readonly string[]): Promise<Timing> {
  const { stdout } = await run(command, args, { cwd: here, maxBuffer: 1 << 24 })
  const line = stdout.trim().split('\n').at(-1) ?? ''
  const found = JSON.parse(line) as Partial<Timing>
  if (typeof found.ms !== 'number' || typeof found.min !== 'number') throw new Error(`${command} ${args.join(' ')} printed no time: ${line}`)
  return { ms: found.ms, min: found.min, variant: found.variant ?? '' }
}

async function checkTorch(python: string): Promise<void> {
  try {
    await run(python, ['-c', 'import torch'])
  } catch (error) {
    throw new Error(`--peer ${python}: it cannot import torch (pip install torch); without --peer our own times are printed`, { cause: error })
  }
}

const median = (v: readonly number[]): number => [...v].sort((a, b) => a - b)[v.length >> 1] ?? NaN
const round = (v: number): number => Math.round(v * 1000) / 1000
