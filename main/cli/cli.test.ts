// The command line as automation sees it: exit codes, one-line errors, JSON lines.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { engineHere } from '../../test/support/engine-here.ts'
import { commands } from './commands/index.ts'
import { runCli } from './program.ts'

const entry = fileURLToPath(new URL('index.ts', import.meta.url))
const home = mkdtempSync(path.join(tmpdir(), 'lathe-cli-'))
afterAll(() => { rmSync(home, { recursive: true, force: true }) })
const at = (...names: string[]): string => path.join(home, ...names)

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** JSON lines of stdout. */
  readonly events: readonly Record<string, unknown>[]
  readonly last: Record<string, unknown>
}
type Child = ReturnType<typeof spawn>

function lathe(args: readonly string[], onLine: (line: string, child: Child) => void = () => undefined): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...args], { cwd: home, env: { ...process.env, LATHE_HOME: at('home'), NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
    let [stdout, stderr, tail] = ['', '', '']
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
      const lines = (tail + chunk.toString()).split('\n')
      tail = lines.pop() ?? ''
      for (const line of lines) onLine(line, child)
    })
    child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString() })
    child.once('error', reject)
    child.once('close', (code) => {
      resolve(withEvents(args, code, stdout, stderr))
    })
  })
}

function withEvents(args: readonly string[], code: number | null, stdout: string, stderr: string): Ran {
  const events = args.includes('--json') ? stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>) : []
  return { code, stdout, stderr, events, last: events.at(-1) ?? {} }
}

/** The same in this process, its engine too: quicker where nothing is to be killed. */
async function inside(args: readonly string[]): Promise<Ran> {
  const text = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) => vi.spyOn(process[name], 'write').mockImplementation((chunk) => { text[name] += String(chunk); return true }))
  vi.stubEnv('LATHE_HOME', at('home'))
  try {
    return withEvents(args, await runCli(args, engineHere), text.stdout, text.stderr)
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
  }
}

/** Runs with --json, expects exit 0, nothing on stderr and `done` last; gives the last line. */
async function done(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stderr, events, last } = await inside([...args, '--json'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(last['event']).toBe('done')
  expect(events.filter((event) => event['event'] === 'done')).toHaveLength(1)
  return last
}

test('every command is one file, and every file is a command', () => {
  const files = readdirSync(new URL('commands', import.meta.url)).filter((name) => name !== 'index.ts').map((name) => name.replace('.ts', ''))
  expect(files.toSorted()).toEqual(Object.keys(commands).toSorted())
})

test('help lists every command, and each command has its own', async () => {
  const [all, train, version] = await Promise.all([lathe(['--help']), lathe(['train', '--help']), lathe(['--version'])])
  expect(all.code).toBe(0)
  for (const name of Object.keys(commands)) expect(all.stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  expect(train).toMatchObject({ code: 0, stdout: expect.stringContaining('--resume <run>') as string })
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

describe('wrong use: exit 2, one line that says what was expected', () => {
  test.each([
    [[], /expected a command: new, sample/],
    [['frobnicate'], /unknown command "frobnicate": expected one of new/],
    [['train'], /missing required argument 'file'/],
    [['runs', 'a.lathe', 'b.lathe'], /too many arguments/],
    [['train', 'a.lathe', '--bogus'], /unknown option '--bogus'/],
    [['train', 'a.lathe', '--epochs', '0'], /--epochs: expected a whole number from 1 to 100000, found "0"/],
    [['train', 'a.lathe', '--lr', 'fast'], /--lr: expected a number above 0, found "fast"/],
    [['train', 'a.lathe', '--batch', '1.5'], /--batch: expected a whole number from 1 to 4096, or auto/],
    [['train', 'a.lathe', '--set', 'dropout'], /--set: expected key=value/],
    [['train', 'a.lathe', '--epochs'], /argument missing/],
    [['split', 'a.lathe', '--ratio', '70/30'], /--ratio: expected train\/val\/test shares such as 70\/15\/15, found "70\/30"/],
    [['split', 'a.lathe', '--by', 'moon'], /--by: expected stratified, random, group or time/],
    [['new', 'a.lathe'], /--task: expected a task/],
    [['export', 'a.lathe', 'model.bin'], /OUT: expected a name that ends in .onnx/],
    [['export', 'a.lathe', 'm.onnx', '--opset', '99'], /--opset: expected a whole number from 13 to 26/],
    [['explain', 'a.lathe', '--sample', '1', '--method', 'x'], /--out: expected the picture/],
    [['serve', '--host', '0.0.0.0'], /--host: expected 127.0.0.1/],
  ])('%j', async (args, text) => {
    const { code, stdout, stderr } = await inside(args)
    expect(stderr).toMatch(text)
    expect(stderr.trimEnd()).not.toContain('\n')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  test('as JSON', async () => {
    const { code, stdout, stderr } = await inside(['train', 'a.lathe', '--epochs', 'x', '--json'])
    expect(JSON.parse(stderr)).toEqual({ event: 'error', kind: 'usage', message: '--epochs: expected a whole number from 1 to 100000, found "x"', details: { option: '--epochs' } })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

describe('work that fails: exit 1, one line', () => {
  test.each([
    [['runs', at('none.lathe')], 'not-found', /There is no project at .*none\.lathe/],
    [['check', at('none.lathe')], 'not-found', /none\.lathe/],
    [['inspect', at('none.onnx')], 'not-found', /none\.onnx/],
    [['import', home, 'x'], 'not-a-project', /is a folder/],
    [['serve', at('none.lathe')], 'not-found', /none\.lathe|npm run build/],
  ])('%j', async (args, kind, text) => {
    const { code, stdout, stderr } = await inside([...args, '--json'])
    const error = JSON.parse(stderr) as Record<string, unknown>
    expect(error).toMatchObject({ event: 'error', kind, message: expect.stringMatching(text) as string })
    expect(Object.keys(error)).toEqual(['event', 'kind', 'message', 'details'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  })
})

test('the JSON contract of every command, from an empty folder to a checked model', { timeout: 180_000 }, async () => {
  const file = at('p.lathe')
  expect(await done('tasks')).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id: 'image-classification' })]) as unknown })
  expect(await done('new', file, '--task', 'image-classification', '--name', 'Probe é')).toMatchObject({ project: file })
  const again = await inside(['new', file, '--task', 'image-classification', '--json'])
  expect(again.code).toBe(1)
  expect(JSON.parse(again.stderr)).toMatchObject({ kind: 'conflict' })
  const odd = await inside(['new', at('q.lathe'), '--task', 'alchemy'])
  expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('alchemy') as string })
  expect(existsSync(at('q.lathe'))).toBe(false)

  // Two classes that differ in which half is bright, one corrupt file, one duplicate.
  for (const name of ['left', 'right']) mkdirSync(at('data', name), { recursive: true })
  for (let i = 0; i < 40; i++) {
    const name = i % 2 ? 'left' : 'right'
    const pixels = Uint8Array.from({ length: 64 }, (_, p) => ((p % 8 < 4) === (name === 'left') ? 160 + ((i * 7 + p) % 90) : (i * 13 + p * 3) % 60))
    await sharp(pixels, { raw: { width: 8, height: 8, channels: 1 } }).png().toFile(at('data', name, `${i}.png`))
  }
  writeFileSync(at('data', 'left', 'broken.png'), 'no picture')
  writeFileSync(at('data', 'left', 'twin.png'), readFileSync(at('data', 'left', '1.png')))
  expect(await inside(['train', file, '--json'])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/"kind":"data".*no samples yet/) as string })
  const imported = await done('import', file, at('data'))
  expect(imported).toMatchObject({ read: 42, stored: 40, labelled: 40, duplicates: 1, skipped: [{ path: expect.stringContaining('broken.png') as string, reason: expect.any(String) as string }] })
  expect(await done('split', file, '--by', 'stratified', '--ratio', '60/20/20', '--seed', '3')).toMatchObject({ train: 24, val: 8, test: 8, leaks: 0 })

  const csv = at('labels.csv')
  expect(await done('labels', file, csv, '--format', 'csv')).toMatchObject({ written: 40 })
  expect(readFileSync(csv, 'utf8').split('\n').filter((line) => line.includes('right'))).toHaveLength(20)

  const bad = await inside(['train', file, '--set', 'dropuot=1'])
  expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining('no setting dropuot') as string })
  const options = ['--model', 'mlp', '--epochs', '3', '--seed', '7', '--set', 'augment=null', 'dropout=0.1']
  const trained = await lathe(['train', file, ...options, '--name', 'one', '--json'])
  expect(trained).toMatchObject({ code: 0, last: { event: 'done', run: 1, status: 'finished', epochs: 3, seconds: expect.any(Number) as number, metrics: { 'val/accuracy': expect.any(Number) as number }, weightsHash: expect.stringMatching(/^[0-9a-f]{64}$/) as string } })
  expect(new Set(trained.events.map((event) => event['event']))).toEqual(new Set(['warning', 'started', 'metrics', 'progress', 'checkpoint', 'ended', 'done'].filter((name) => name !== 'warning' || trained.events.some((event) => event['event'] === 'warning'))))
  const same = await done('train', file, ...options)
  expect(same['weightsHash']).toBe(trained.last['weightsHash'])
  const extended = await done('train', file, '--resume', 'one', '--epochs', '4')
  expect(extended).toMatchObject({ run: 1, status: 'finished', epochs: 4, steps: ((trained.last['steps'] as number) / 3) * 4 })
  expect(await inside(['train', file, '--resume', '1', '--lr', '1'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--lr: cannot be changed') as string })
  expect(await inside(['train', file, '--resume', '1'])).toMatchObject({ code: 1, stderr: expect.stringContaining('is finished') as string })
  expect(await done('train', file, '--from', '1', '--epochs', '1')).toMatchObject({ run: 3, epochs: 1 })

  expect(((await done('runs', file))['runs'] as { id: number; name: string }[]).map(({ id }) => id)).toEqual([3, 2, 1])
  expect(await done('run', file, 'one')).toMatchObject({ runs: [{ id: 1, name: 'one', config: { seed: 7, dropout: 0.1, augment: null } }] })
  expect(await inside(['run', file, '99', '--json'])).toMatchObject({ code: 1, stderr: expect.stringContaining('"kind":"not-found"') as string })
  expect(await done('eval', file, '--run', '1', '--split', 'test')).toMatchObject({ run: 1, split: 'test', metrics: { 'test/accuracy': expect.any(Number) as number }, intervals: { 'test/accuracy': { low: expect.any(Number) as number, high: expect.any(Number) as number } } })
  const predicted = await done('predict', file, at('data', 'left', '1.png'), at('data', 'left', 'broken.png'), '--run', '1')
  expect(predicted).toMatchObject({ predictions: [{ input: at('data', 'left', '1.png'), outputs: [{ class: expect.stringMatching(/left|right/) as string, probability: expect.any(Number) as number }, {}] }], skipped: [{}] })
  const picture = at('e.png')
  expect(await done('explain', file, '--sample', '1', '--method', 'integrated-gradients', '--target', 'left', '--run', '1', '--out', picture)).toMatchObject({ method: 'integrated-gradients', target: { class: 'left' }, completenessGap: expect.any(Number) as number, trust: { verdict: expect.any(String) as string }, out: picture })
  expect((await sharp(picture).metadata()).width).toBeGreaterThan(300)
  expect(await inside(['explain', file, '--sample', '1', '--method', 'tea-leaves', '--out', picture])).toMatchObject({ code: 2, stderr: expect.stringContaining('expected integrated-gradients') as string })

  const model = at('m.onnx')
  const exported = await done('export', file, model, '--run', 'best')
  expect(exported).toMatchObject({ path: model, bytes: readFileSync(model).byteLength, opset: 18, parity: { samples: expect.any(Number) as number, batches: [1, 2, 7] }, sha256: createHash('sha256').update(readFileSync(model)).digest('hex') })
  expect((exported['parity'] as { maxAbsDiff: number }).maxAbsDiff).toBeLessThanOrEqual(1e-5)
  expect(await done('inspect', model)).toMatchObject({ inputs: [{}], nodes: expect.any(Number) as number, parameters: expect.any(Number) as number, metadata: { task: 'image-classification' } })
  expect(await done('check', file)).toMatchObject({ ok: true, problems: [] })
})

test('Ctrl+C pauses a run with a checkpoint, and --resume ends where an uninterrupted run ends', { timeout: 120_000 }, async () => {
  const file = at('c.lathe')
  const sample = await done('sample', 'digits', file)
  expect(sample).toMatchObject({ project: file, task: 'image-classification', samples: 1797, classes: 10 })
  expect((await done('sample'))['items']).toEqual(expect.arrayContaining([expect.objectContaining({ id: 'digits' })]))
  const options = ['--model', 'mlp', '--epochs', '6', '--set', 'augment=null', '--json']
  let sent = false
  const paused = await lathe(['train', file, ...options], (line, child) => {
    if (sent || !line.includes('"val/loss"')) return
    sent = true
    child.kill('SIGINT')
  })
  expect(paused).toMatchObject({ code: 0, last: { event: 'done', run: 1, status: 'paused' } })
  expect(paused.last['epochs']).toBeLessThan(6)
  expect(((await done('run', file, '1'))['checkpoints'] as { kind: string }[]).map(({ kind }) => kind)).toContain('last')
  const resumed = await done('train', file, '--resume', '1')
  expect(resumed).toMatchObject({ run: 1, status: 'finished', epochs: 6 })
  const whole = await lathe(['train', file, ...options])
  expect(whole.last['weightsHash']).toBe(resumed['weightsHash'])
})

test('serve prints its URL with the token, answers, and ends on Ctrl+C', { timeout: 30_000 }, async () => {
  if (!existsSync(fileURLToPath(new URL('../../dist/renderer/index.html', import.meta.url)))) {
    expect(await lathe(['serve'])).toMatchObject({ code: 1, stderr: expect.stringContaining('npm run build') as string })
    return
  }
  let status = 0
  const { code, last } = await lathe(['serve', '--json'], (line, child) => {
    const { url } = JSON.parse(line) as { url: string }
    if (status === 0) {
      status = -1
      void fetch(url).then((response) => { status = response.status }).finally(() => { child.kill('SIGINT') })
    }
  })
  expect(status).toBe(200)
  expect({ code, last }).toMatchObject({ code: 0, last: { event: 'done', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=\w+/) as string } })
})
