// npm run bench: step times of the training workloads, beside the spike's and PyTorch's where they can be had.
// Options: --json (one line a workload), --spike FOLDER, --only NAME, --rounds N, --steps N.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { workloads, type Workload } from './workloads.ts'

const run = promisify(execFile)
const here = import.meta.dirname

interface Timing {
  /** Median and least of one process, in milliseconds. */
  readonly ms: number
  readonly min: number
}

type Runner = (name: string, workload: Workload, mode: 'repeat' | 'fresh', steps: number) => Promise<Timing | null>

/** The last line of JSON that a command prints. */
async function timing(command: string, args: readonly string[], cwd = here): Promise<Timing> {
  const { stdout } = await run(command, args, { cwd, maxBuffer: 1 << 24 })
  const line = stdout.trim().split('\n').at(-1) ?? ''
  const found = JSON.parse(line) as Partial<Timing>
  if (typeof found.ms !== 'number' || typeof found.min !== 'number') throw new Error(`${command} ${args.join(' ')} printed no time: ${line}`)
  return { ms: found.ms, min: found.min }
}

const ours: Runner = (name, _workload, mode, steps) => timing(process.execPath, [path.join(here, 'step.ts'), name, mode, String(steps)])

/** The spike repeats one batch only. */
const spikeIn = (folder: string): Runner => async (name, _workload, mode, steps) => (mode === 'fresh' ? null : timing(process.execPath, ['bench.js', name, 'denorm=1', `steps=${steps}`], folder))

const torch: Runner = (_name, workload, mode, steps) => timing('python3', [path.join(here, 'peer.py'), JSON.stringify(workload), mode, String(steps)])

async function hasTorch(): Promise<boolean> {
  try {
    await run('python3', ['-c', 'import torch'])
    return true
  } catch {
    return false
  }
}

const median = (v: readonly number[]): number => [...v].sort((a, b) => a - b)[v.length >> 1] ?? NaN

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, spike: { type: 'string' }, only: { type: 'string' }, rounds: { type: 'string', default: '5' }, steps: { type: 'string', default: '60' } } })
const peers = new Map<string, Runner>([['ours', ours]])
if (values.spike !== undefined) {
  const folder = path.resolve(values.spike)
  if (!existsSync(path.join(folder, 'bench.js'))) throw new Error(`--spike ${folder}: there is no bench.js in it`)
  peers.set('spike', spikeIn(folder))
}
if (await hasTorch()) peers.set('torch', torch)
else if (!values.json) console.log('No Python with torch here: times only, no ratio against PyTorch.')

for (const [name, workload] of Object.entries(workloads)) {
  if (values.only !== undefined && values.only !== name) continue
  for (const mode of ['repeat', 'fresh'] as const) {
    const times = new Map<string, { ms: number[]; min: number[] }>([...peers.keys()].map((peer) => [peer, { ms: [], min: [] }]))
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [peer, runner] of [...peers]) {
        const found = await runner(name, workload, mode, Number(values.steps)).catch((error: unknown) => {
          if (peer === 'ours') throw error
          peers.delete(peer)
          console.error(`${peer} is left out: ${error instanceof Error ? error.message : String(error)}`)
          return null
        })
        if (!found) continue
        times.get(peer)?.ms.push(found.ms)
        times.get(peer)?.min.push(found.min)
      }
    }
    report(name, workload, mode, times)
  }
}

function report(name: string, workload: Workload, mode: string, times: ReadonlyMap<string, { ms: number[]; min: number[] }>): void {
  const own = times.get('ours')
  const result = Object.fromEntries([...times].filter(([, t]) => t.ms.length > 0).map(([peer, t]) => [peer, { ms: median(t.ms), min: Math.min(...t.min), ...(own && peer !== 'ours' && { ratio: median(own.ms) / median(t.ms), ratioOfLeast: Math.min(...own.min) / Math.min(...t.min) }) }]))
  if (values.json) {
    console.log(JSON.stringify({ workload: name, batch: workload.batch, batches: mode, ...result }))
    return
  }
  const cells = Object.entries(result).map(([peer, r]) => `${peer} ${r.ms.toFixed(2)} ms (least ${r.min.toFixed(2)})${'ratio' in r && r.ratio !== undefined ? `, ours is ${r.ratio.toFixed(2)}× (least ${(r.ratioOfLeast ?? NaN).toFixed(2)}×)` : ''}`)
  console.log(`${workload.title.padEnd(32)} batch ${String(workload.batch).padEnd(4)} ${mode === 'repeat' ? 'one batch    ' : 'fresh batches'}  ${cells.join('   ')}`)
}
