// One run of the floors study: sample, train, evaluate and, where its floor asks for it, shallow models, each in a process of its own.
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { BaselineReport } from '../../../engine/contract/commands.ts'
import type { FloorRow, Measured } from './rows.ts'
import type { Result } from './results.ts'

const run = promisify(execFile)
const root = path.join(import.meta.dirname, '../../..')
const cli = path.join(root, 'main/cli/index.ts')

/** A project with the sample, kept for the other seeds; to be disposed. */
export class Bench {
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), 'lathe-floors-'))
  readonly #made = new Map<string, string>()

  async run(row: FloorRow, model: string, seed: number): Promise<Result> {
    const before = cpuSeconds()
    const measured = row.sample === 'mnist' ? await this.#mnist(model, seed) : await this.#sample(row, model, seed)
    const after = cpuSeconds()
    return { task: row.task, sample: row.sample, model, seed, ...measured, cpuSeconds: before === null || after === null ? null : Math.round(after - before), commit: commit(), date: new Date().toISOString().slice(0, 10) }
  }

  /** Hash of the weights after one epoch. */
  async hash({ sample, task }: FloorRow, model: string, seed: number): Promise<string> {
    const trained = await this.#lathe('train', await this.#project(sample, task), '--model', model, '--seed', String(seed), '--set', 'epochs=1')
    return (trained as { weightsHash: string }).weightsHash
  }

  async #mnist(model: string, seed: number): Promise<Measured & Pick<Result, 'epochs' | 'weightsHash'>> {
    return { intervals: {}, shallow: {}, ...(await this.#json(path.join(import.meta.dirname, 'mnist.ts'), [model, String(seed)]) as Pick<Result, 'metrics' | 'seconds' | 'epochs' | 'weightsHash'>) }
  }

  async #sample({ task, sample, floors }: FloorRow, model: string, seed: number): Promise<Measured & Pick<Result, 'epochs' | 'weightsHash'>> {
    const file = await this.#project(sample, task)
    const trained = (await this.#lathe('train', file, '--model', model, '--seed', String(seed))) as { run: number; seconds: number; epochs: number; weightsHash: string }
    const { metrics, intervals } = (await this.#lathe('eval', file, '--run', String(trained.run))) as unknown as Measured
    const asked = floors.some(({ kind }) => kind === 'above' || kind === 'within')
    const report = asked ? (await this.#lathe('baseline', file, '--run', String(trained.run))) as unknown as BaselineReport : null
    const { seconds, epochs, weightsHash } = trained
    return { metrics: bare(metrics), intervals: bare(intervals), seconds, epochs, weightsHash, shallow: Object.fromEntries((report?.models ?? []).map((one) => [one.name, { metrics: bare(one.metrics), intervals: bare(one.intervals) }])) }
  }

  async #project(sample: string, task: string): Promise<string> {
    const key = `${sample}-${task}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const file = path.join(this.#folder, `${key}.lathe`)
    await this.#lathe('sample', sample, file, '--task', task)
    this.#made.set(key, file)
    return file
  }

  #lathe = (...args: string[]): Promise<Record<string, unknown>> => this.#json(cli, [...args, '--json'])

  /** The last line of JSON that a script prints. */
  async #json(script: string, args: readonly string[]): Promise<Record<string, unknown>> {
    const { stdout } = await run(process.execPath, [script, ...args], { cwd: root, env: { ...process.env, LATHE_HOME: path.join(this.#folder, 'home') }, maxBuffer: 1 << 28 })
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** `test/accuracy` as `accuracy`. */
const bare = <T>(named: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(named).map(([name, value]) => [name.replace(/^test\//, ''), value]))

/** Of all children that have ended, and theirs: proc(5), /proc/pid/stat, cutime and cstime in ticks of 10 ms. */
function cpuSeconds(): number | null {
  if (process.platform !== 'linux') return null
  const fields = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\) /, '').split(' ')
  return (Number(fields[13]) + Number(fields[14])) / 100
}

function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return 'unknown'
  }
}
