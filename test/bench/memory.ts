// The preflight estimate of memory beside the peak of the engine process that trains: one process a recipe, on the sample `digits`. Linux only.
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { openProject } from '../../db/project.ts'
import { estimateMemory } from '../../engine/train/memory.ts'

const run = promisify(execFile)
const lathe = path.resolve(import.meta.dirname, '../../main/cli/index.ts')
const LIMIT = 0.2

const side = (n: number): string[] => ['--set', `input.height=${n}`, '--set', `input.width=${n}`]
const recipes: Readonly<Record<string, readonly string[]>> = {
  'default recipe, 2 epochs': ['--set', 'epochs=2'],
  'default recipe, 12 epochs': ['--set', 'epochs=12'],
  'mlp of 2048 and 2048 units, 16×16': ['--model', 'mlp', '--set', 'modelOptions.hidden=[2048,2048]', ...side(16), '--set', 'epochs=1'],
  'cnn 32-64-128, 32×32, batch 32': ['--model', 'cnn', '--set', 'modelOptions.filters=[32,64,128]', ...side(32), '--set', 'epochs=1', '--batch', '32'],
  'cnn 32-64-128, 32×32, batch 256': ['--model', 'cnn', '--set', 'modelOptions.filters=[32,64,128]', ...side(32), '--set', 'epochs=1', '--batch', '256'],
  'residual-cnn, 32×32, batch 128, adamw': ['--model', 'residual-cnn', ...side(32), '--set', 'epochs=1', '--batch', '128', '--optimizer', 'adamw'],
  'depthwise-cnn, 48×48, batch 64': ['--model', 'depthwise-cnn', ...side(48), '--set', 'epochs=1', '--batch', '64'],
}

/** Prints a line a recipe; false where an estimate is off by more than a fifth. */
export async function benchMemory({ json }: { readonly json: boolean }): Promise<boolean> {
  if (process.platform !== 'linux') throw new Error('bench memory reads /proc; it runs on Linux only')
  const folder = await mkdtemp(path.join(tmpdir(), 'lathe-memory-'))
  let good = true
  try {
    const file = path.join(folder, 'digits.lathe')
    await run(process.execPath, [lathe, 'sample', 'digits', file])
    for (const [name, args] of Object.entries(recipes)) {
      const peak = await peakOf(file, args)
      const estimate = await estimateOf(file)
      const off = estimate / peak - 1
      good &&= Math.abs(off) <= LIMIT
      const [e, p] = [estimate, peak].map((v) => Math.round(v / 2 ** 20))
      console.log(json ? JSON.stringify({ recipe: name, estimateMB: e, peakMB: p, off: Math.round(off * 1000) / 1000 }) : `${name.padEnd(40)} estimate ${String(e).padStart(5)} MB   peak ${String(p).padStart(5)} MB   ${off >= 0 ? '+' : ''}${(100 * off).toFixed(0)} %`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return good
}

/** Of the newest run's recipe. */
async function estimateOf(file: string): Promise<number> {
  using project = openProject(file, { verify: false })
  const [run] = project.runs.list().toSorted((a, b) => b.id - a.id)
  if (!run) throw new Error('no run')
  const labelled = project.samples.keys().filter((key) => key.labelled).length
  return (await estimateMemory(run.config, project.datasets.get(run.dataset).classes.length, labelled)).total
}

/** Bytes that the engine process, a child of the command line, had at most. */
async function peakOf(file: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [lathe, 'train', file, '--json', ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (text: Buffer) => { errors += text.toString() })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  let peak = 0
  let code: number | null | undefined
  void ended.then((value) => { code = value })
  while (code === undefined) {
    for (const id of await childrenOf(child.pid ?? 0)) {
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '')
      peak = Math.max(peak, 1024 * Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0))
    }
    await sleep(30)
  }
  if (code !== 0 || peak === 0) throw new Error(`lathe train ${args.join(' ')} ended with ${String(code)}: ${errors}`)
  return peak
}

async function childrenOf(id: number): Promise<string[]> {
  const tasks = await readdir(`/proc/${id}/task`).catch(() => [])
  const lists = await Promise.all(tasks.map((task) => readFile(`/proc/${id}/task/${task}/children`, 'utf8').catch(() => '')))
  return lists.flatMap((list) => list.split(' ').filter((child) => child !== ''))
}
