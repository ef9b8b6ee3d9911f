// Every dependency rule fires on a made-up violation, and is silent on the nearest thing that is allowed.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

interface Case {
  readonly rule: string
  /** [importing file, imported file or package] */
  readonly violation: readonly [string, string]
  readonly allowed: readonly [string, string] | null
}
const cases: readonly Case[] = [
  { rule: 'no-cycles', violation: ['main/services/cycle-a.ts', 'main/services/cycle-b.ts'], allowed: null },
  { rule: 'no-cycles-out-of-ops', violation: ['engine/ops/cycle-out.ts', 'engine/graph/cycle-out.ts'], allowed: ['engine/ops/cycle-c.ts', 'engine/ops/cycle-d.ts'] },
  { rule: 'renderer-only-contracts', violation: ['renderer/features/data/view.ts', 'main/services/thing.ts'], allowed: ['renderer/features/data/ok.ts', 'main/api/contract/thing.ts'] },
  { rule: 'renderer-no-node', violation: ['renderer/ui/disk.ts', 'node:fs'], allowed: ['renderer/ui/disk.test.ts', 'node:fs'] },
  { rule: 'rpc-only-in-bridge', violation: ['renderer/app/rpc.ts', '@orpc/client'], allowed: ['renderer/bridge/rpc.ts', '@orpc/client'] },
  { rule: 'features-apart', violation: ['renderer/features/data/train.ts', 'renderer/features/train/store.ts'], allowed: ['renderer/features/train/view.ts', 'renderer/features/train/store.ts'] },
  { rule: 'shared-rooms-know-no-feature', violation: ['renderer/charts/line.ts', 'renderer/features/train/store.ts'], allowed: ['renderer/app/routes.ts', 'renderer/features/train/store.ts'] },
  { rule: 'engine-is-a-library', violation: ['engine/train/loop.ts', 'db/project.ts'], allowed: ['engine/process/train.ts', 'db/project.ts'] },
  { rule: 'engine-process-no-window', violation: ['engine/process/window.ts', 'main/services/thing.ts'], allowed: ['engine/process/graph.ts', 'engine/graph/graph.ts'] },
  { rule: 'db-is-below', violation: ['db/repos/runs.ts', 'engine/graph/graph.ts'], allowed: ['db/repos/ids.ts', 'engine/contract/ids.ts'] },
  { rule: 'contracts-are-doors', violation: ['engine/contract/graph.ts', 'engine/graph/graph.ts'], allowed: ['main/api/contract/ids.ts', 'engine/contract/ids.ts'] },
  { rule: 'runtime-only-in-compile', violation: ['engine/train/session.ts', 'onnxruntime-node'], allowed: ['engine/compile/session.ts', 'onnxruntime-node'] },
  { rule: 'sqlite-only-in-db', violation: ['main/services/rows.ts', 'better-sqlite3'], allowed: ['db/connection.ts', 'better-sqlite3'] },
  { rule: 'electron-only-in-its-room', violation: ['main/server/window.ts', 'electron'], allowed: ['main/electron/window.ts', 'electron'] },
  { rule: 'product-not-on-tests', violation: ['main/services/fixture.ts', 'test/support/fixture.ts'], allowed: ['main/services/fixture.test.ts', 'test/support/fixture.ts'] },
  { rule: 'packages-are-declared', violation: ['main/services/hidden.ts', 'undeclared'], allowed: ['main/services/zod.ts', 'zod'] },
  { rule: 'shipped-packages', violation: ['main/services/dev.ts', 'vite'], allowed: ['main/build.ts', 'vite'] },
  { rule: 'resolvable', violation: ['main/services/gone.ts', 'main/services/nowhere.ts'], allowed: null },
]
/** What makes the cycles round, beside the imports above. */
const back: readonly (readonly [string, string])[] = [
  ['main/services/cycle-b.ts', 'main/services/cycle-a.ts'],
  ['engine/graph/cycle-out.ts', 'engine/ops/cycle-out.ts'],
  ['engine/ops/cycle-d.ts', 'engine/ops/cycle-c.ts'],
]
const packages = { dependencies: ['onnxruntime-node', 'better-sqlite3', '@orpc/client', 'zod'], devDependencies: ['electron', 'vite'], undeclared: ['undeclared'] }

interface Violation {
  readonly from: string
  readonly to: string
  readonly rule: { readonly name: string }
}
const root = path.resolve(import.meta.dirname, '../..')
const config = path.join(root, 'test/checks/dependency-cruiser.cjs')
let folder = ''
let violations: readonly Violation[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lathe-rules-'))
  const files = new Map<string, string>([['package.json', JSON.stringify({ name: 'made-up', type: 'module', dependencies: versions(packages.dependencies), devDependencies: versions(packages.devDependencies) })]])
  for (const name of Object.values(packages).flat()) {
    files.set(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    files.set(`node_modules/${name}/index.js`, 'export const value = 1\n')
  }
  const add = ([from, to]: readonly [string, string]): void => {
    const local = /^(main|engine|db|renderer|test)\//.test(to)
    const specifier = local ? relative(from, to) : to
    files.set(from, `${files.get(from) ?? ''}import '${specifier}'\n`)
    if (local && to !== 'main/services/nowhere.ts' && !files.has(to)) files.set(to, '')
  }
  for (const { violation, allowed } of cases) for (const edge of [violation, allowed]) if (edge) add(edge)
  for (const edge of back) add(edge)
  for (const [file, text] of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
    await writeFile(path.join(folder, file), `${text}${text.includes('export') || file.endsWith('.json') ? '' : 'export const value = 1\n'}`)
  }
  violations = await cruise()
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const versions = (names: readonly string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, '1.0.0']))
function relative(from: string, to: string): string {
  const result = path.posix.relative(path.posix.dirname(from), to)
  return result.startsWith('.') ? result : `./${result}`
}

function cruise(): Promise<readonly Violation[]> {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, '-c', config, '-T', 'json', 'main', 'renderer', 'engine', 'db'], { cwd: folder, env: { ...process.env, LATHE_RULES_ROOT: folder }, maxBuffer: 1e8 }, (_error, stdout, stderr) => {
      try {
        resolve((JSON.parse(stdout) as { summary: { violations: readonly Violation[] } }).summary.violations)
      } catch {
        reject(new Error(`dependency-cruiser gave no report: ${stderr}`))
      }
    })
  })
}

describe.each(cases)('$rule', ({ rule, violation: [from, to], allowed }) => {
  const fired = (file: string): readonly string[] => violations.filter((found) => found.rule.name === rule && found.from === file).map((found) => found.to)

  test(`${from} must not import ${to}`, () => {
    expect(fired(from).some((target) => target.includes(to.replace('node:', '')) || target.includes(path.basename(to)))).toBe(true)
  })
  if (allowed) {
    test(`${allowed[0]} may import ${allowed[1]}`, () => {
      expect(fired(allowed[0])).toEqual([])
    })
  }
})

test('every rule of the configuration is shown here', () => {
  const { forbidden } = createRequire(import.meta.url)(config) as { forbidden: readonly { name: string }[] }
  expect(cases.map(({ rule }) => rule).sort()).toEqual(forbidden.map(({ name }) => name).sort())
})
