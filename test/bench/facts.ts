// npm run bench -- facts: what the engine promises besides speed: time to compile, to the first step, share of waiting, memory of a step.
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { modelBytes } from '../../engine/compile/bytes.ts'
import { fileOrder } from '../../engine/compile/file-order.ts'
import { createSession } from '../../engine/compile/session.ts'
import { verify } from '../../engine/graph/verify.ts'
import { buildTrainStep } from '../../engine/train/step-graph.ts'
import { CLASSES, configOf, workloads, type WorkloadName } from './workloads.ts'

const run = promisify(execFile)
const here = import.meta.dirname
const lathe = path.resolve(here, '../../main/cli/index.ts')
const median = (v: readonly number[]): number => v.toSorted((a, b) => a - b)[v.length >> 1] ?? NaN

export async function benchFacts({ python }: { readonly python: string | null }): Promise<void> {
  await compileTime()
  await firstStep()
  if (process.platform === 'linux') for (const name of ['mlp', 'cnn', 'cnnm', 'cnnbn', 'cnnm128'] as const) await stepMemory(name, python)
}

/** From layers to session of a step of about 2,000 nodes, built anew each time. */
async function compileTime(): Promise<void> {
  const config = { ...configOf(workloads.cnnm), model: 'residual-cnn', modelOptions: { filters: [16, 32, 64], blocks: 3 } }
  const parts: Record<string, number[]> = { build: [], verify: [], bytes: [], session: [] }
  let nodes = 0
  for (let i = 0; i < 7; i++) {
    const at = [performance.now()]
    const { graph } = buildTrainStep(config, CLASSES, config.batch)
    at.push(performance.now())
    verify(graph)
    at.push(performance.now())
    const bytes = modelBytes(graph)
    at.push(performance.now())
    await (await createSession(bytes, { optimize: false })).release()
    at.push(performance.now())
    nodes = fileOrder(graph).length
    // The first finds the JIT cold.
    if (i > 0) Object.values(parts).forEach((times, k) => times.push((at[k + 1] ?? NaN) - (at[k] ?? NaN)))
  }
  const each = Object.entries(parts).map(([name, times]) => [name, median(times)] as const)
  console.log(`compile of a step of ${nodes} nodes: ${each.reduce((sum, [, ms]) => sum + ms, 0).toFixed(0)} ms (${each.map(([name, ms]) => `${name} ${ms.toFixed(0)}`).join(', ')})`)
}

/** Of `lathe train` on the sample `digits`, process start and reading of the data included; and how much of the run went into preparing batches. */
async function firstStep(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lathe-facts-'))
  try {
    const file = path.join(folder, 'digits.lathe')
    await run(process.execPath, [lathe, 'sample', 'digits', file])
    const firsts: number[] = []
    const waits: number[] = []
    for (let i = 0; i < 3; i++) {
      const began = performance.now()
      const child = spawn(process.execPath, [lathe, 'train', file, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
      let first: number | null = null
      for await (const line of createInterface({ input: child.stdout })) {
        const event = JSON.parse(line) as { event?: string; progress?: { step: number }; metrics?: Record<string, number> }
        if (event.event === 'progress' && first === null && (event.progress?.step ?? 0) >= 1) first = performance.now() - began
        const wait = event.metrics?.['train/wait']
        if (event.event === 'done' && wait !== undefined) waits.push(wait)
      }
      if (first !== null) firsts.push(first)
    }
    console.log(`from \`lathe train\` to the first step: ${(median(firsts) / 1000).toFixed(2)} s (median of ${firsts.length}); share of the run spent on preparing batches: ${(100 * median(waits)).toFixed(1)} %`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Peak of a process that makes 20 steps, and what the steps add to it. */
async function stepMemory(name: WorkloadName, python: string | null): Promise<void> {
  const read = async (command: string, args: readonly string[]): Promise<{ peak: number; added: number }> => {
    const { base, peak } = JSON.parse((await run(command, args, { cwd: here })).stdout.trim().split('\n').at(-1) ?? '') as { base: number; peak: number }
    return { peak: peak / 2 ** 20, added: (peak - base) / 2 ** 20 }
  }
  const ours = await read(process.execPath, [path.join(here, 'step-memory.ts'), name, '20'])
  const peer = python === null ? null : await read(python, [path.join(here, 'peer-memory.py'), JSON.stringify(workloads[name]), '20'])
  const against = peer ? `   PyTorch ${peer.peak.toFixed(0)} MB (+${peer.added.toFixed(0)})   ours ÷ PyTorch ${(ours.peak / peer.peak).toFixed(2)}, added ${(ours.added / peer.added).toFixed(2)}` : ''
  console.log(`memory of ${name.padEnd(8)} process ${ours.peak.toFixed(0)} MB, of which the steps added ${ours.added.toFixed(0)}${against}`)
}
