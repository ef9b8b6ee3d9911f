// `npm test`: every check in order, each with its time; stops after the first that fails. The last line is `N passed, N failed` over all tests.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { countPlaywright, countVitest, type Counts } from './support/counts.ts'

const root = path.resolve(import.meta.dirname, '..')
const bin = (name: string): string => path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)

interface Step {
  readonly name: string
  readonly command: readonly string[]
  /** Where the step leaves its JSON report, and how to read it. */
  readonly report?: { readonly file: string; readonly count: (json: unknown) => Counts }
  readonly env?: Readonly<Record<string, string>>
}

/** In order; those of one row run beside each other, since each uses one core. */
function rows(reports: string): readonly (readonly Step[])[] {
  const unit = path.join(reports, 'unit.json')
  const e2e = path.join(reports, 'e2e.json')
  return [
    [{ name: 'build', command: ['node', 'main/build.ts'] }],
    [
      { name: 'typecheck', command: ['npm', 'run', '-s', 'typecheck'] },
      { name: 'lint', command: ['npm', 'run', '-s', 'lint'] },
    ],
    [
      { name: 'rules', command: ['npm', 'run', '-s', 'rules'] },
      { name: 'dead code', command: ['npm', 'run', '-s', 'dead'] },
    ],
    [{ name: 'unit and integration', command: [bin('vitest'), 'run', '-c', 'test/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${unit}`], report: { file: unit, count: countVitest } }],
    [{ name: 'end to end', command: [bin('playwright'), 'test', '-c', 'test/playwright.config.ts', '--reporter=list,json'], report: { file: e2e, count: countPlaywright }, env: { PLAYWRIGHT_JSON_OUTPUT_FILE: e2e } }],
  ]
}

/** True when the step ends with exit code 0. Its output goes straight to the terminal, but for one with neighbours: that waits for its end. */
function run(step: Step, alone: boolean): Promise<boolean> {
  const [program = '', ...args] = step.command
  const child = spawn(program, args, { cwd: root, stdio: alone ? 'inherit' : ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32', env: { ...process.env, ...step.env } })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => { chunks.push(chunk) })
  return new Promise((resolve) => {
    child.once('error', (error) => { console.error(error.message); resolve(false) })
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(chunks))
      resolve(code === 0)
    })
  })
}

async function counted({ report }: Step): Promise<Counts> {
  if (!report) return { passed: 0, failed: 0 }
  try {
    return report.count(JSON.parse(await readFile(report.file, 'utf8')))
  } catch {
    return { passed: 0, failed: 0 }
  }
}

const reports = await mkdtemp(path.join(tmpdir(), 'lathe-test-'))
const total = { passed: 0, failed: 0 }

/** Runs the step, tells how it went, adds up its tests; true when it ended well. */
async function perform(step: Step, alone: boolean): Promise<boolean> {
  if (alone) console.log(`\n── ${step.name}`)
  const start = performance.now()
  const ok = await run(step, alone)
  const { passed, failed } = await counted(step)
  total.passed += passed
  // A step that fails without a failing test counts as one: a type error is no less a failure.
  total.failed += ok ? failed : Math.max(1, failed)
  console.log(`── ${step.name}: ${ok ? 'ok' : 'FAILED'}, ${((performance.now() - start) / 1000).toFixed(1)} s`)
  return ok
}

try {
  for (const row of rows(reports)) {
    const ends = await Promise.all(row.map((step) => perform(step, row.length === 1)))
    if (ends.includes(false)) {
      process.exitCode = 1
      break
    }
  }
} finally {
  await rm(reports, { recursive: true, force: true })
}
console.log(`\n${total.passed} passed, ${total.failed} failed`)
