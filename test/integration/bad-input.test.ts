// Bad input at every door: labels that are long, foreign or script, and tables with values that are no numbers.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createRouterClient } from '@orpc/server'
import sharp from 'sharp'
import { expect, test, vi } from 'vitest'
import { createRouter } from '../../main/api/router.ts'
import { runCli } from '../../main/cli/program.ts'
import { makeServices, temporaryFolder } from './support.ts'

vi.setConfig({ testTimeout: 90_000 })

const SCRIPT = '<script>alert("1")</script>'
/** 150 characters of two UTF-16 units each. */
const EMOJI = '🦊'.repeat(150)
const LONG = 'x'.repeat(10_000)

async function lathe(folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const text = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) => vi.spyOn(process[name], 'write').mockImplementation((chunk) => { text[name] += String(chunk); return true }))
  vi.stubEnv('LATHE_HOME', path.join(folder, 'home'))
  try {
    return { code: await runCli(args), out: text.stdout, err: text.stderr }
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
  }
}

test('labels of a table, by the command line: Unicode and script stay as they are, one that is too long costs only itself', async () => {
  const folder = await temporaryFolder()
  const labels = [SCRIPT, EMOJI, LONG, '日本語 é', '=1+1', 'plain']
  for (const i of labels.keys()) await sharp(Buffer.alloc(64, i * 30), { raw: { width: 8, height: 8, channels: 1 } }).png().toFile(path.join(folder, `${i}.png`))
  await writeFile(path.join(folder, 'labels.csv'), `path,label\n${labels.map((label, i) => `${i}.png,"${label.replaceAll('"', '""')}"`).join('\n')}\n`)
  const file = path.join(folder, 'p.lathe')
  expect((await lathe(folder, 'new', file, '--task', 'image-classification')).code).toBe(0)
  const imported = await lathe(folder, 'import', file, path.join(folder, 'labels.csv'), '--json')
  expect(imported).toMatchObject({ code: 0, err: '' })
  const done = JSON.parse(imported.out.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
  expect(done).toMatchObject({ event: 'done', read: 6, stored: 6, labelled: 5, skipped: [] })
  expect(JSON.stringify(done['notes'])).toContain('the label has 10000 characters, at most 200 are kept')

  const out = path.join(folder, 'out.csv')
  expect((await lathe(folder, 'labels', file, out)).code).toBe(0)
  const services = makeServices(folder)
  await services.projects.open({ path: file })
  expect(services.labels.classes({ project: file }).map((entry) => entry.name)).toEqual(labels.filter((label) => label !== LONG))
  // What was written reads back the same.
  const { path: again } = await services.projects.create({ path: path.join(folder, 'q.lathe'), task: 'image-classification' })
  expect(await services.samples.import({ project: again, paths: [out], format: 'auto', ratio: null, as: 'copy' })).toMatchObject({ stored: 6, labelled: 5 })
  expect(services.labels.classes({ project: again }).map((entry) => entry.name)).toEqual(labels.filter((label) => label !== LONG))
})

test('labels, by the window: too long or empty is refused in one sentence and changes nothing', async () => {
  const folder = await temporaryFolder()
  const services = makeServices(folder)
  const client = createRouterClient(createRouter(services, { info: () => expect.fail('not asked'), pick: () => Promise.resolve(null) }))
  const { path: project } = await client.projects.create({ path: path.join(folder, 'p.lathe'), task: 'image-classification' })
  const { id } = await client.labels.addClass({ project, name: SCRIPT })
  expect(await client.labels.renameClass({ project, id, name: EMOJI })).toMatchObject({ name: EMOJI })
  for (const name of ['x'.repeat(201), `${EMOJI}${EMOJI}`]) {
    const { length } = Array.from(name)
    for (const call of [client.labels.addClass({ project, name }), client.labels.renameClass({ project, id, name })]) await expect(call).rejects.toThrow(new RegExp(`has ${length} characters; at most 200 are allowed: shorten it\\.$`))
  }
  await expect(client.labels.addClass({ project, name: ' \t ' })).rejects.toThrow()
  await expect(client.labels.addClass({ project, name: 'a\nb' })).rejects.toThrow(/control characters/)
  await expect(client.labels.removeClass({ project, id: 99 })).rejects.toThrow(/no class 99/)
  expect((await client.labels.classes({ project })).map((entry) => entry.name)).toEqual([EMOJI])
})

test('a CSV with NaN, by the command line: its rows are named with the value and column, the rest is kept and counts add up', async () => {
  const folder = await temporaryFolder()
  const rows = Array.from({ length: 20 }, (_, i) => [...Array.from({ length: 16 }, (__, p) => String((p * 7 + i * 11) % 256)), String(i % 2)])
  for (const [row, column, value] of [[3, 4, 'NaN'], [7, 0, 'nan'], [9, 2, 'Infinity'], [11, 5, '-1'], [13, 1, '']] as const) (rows[row] ?? [])[column] = value
  await mkdir(path.join(folder, 'in'))
  const csv = path.join(folder, 'in', 'pixels.csv')
  await writeFile(csv, `${[Array.from({ length: 16 }, (_, p) => `p${p}`).concat('label'), ...rows].map((row) => row.join(',')).join('\n')}\n`)
  const file = path.join(folder, 'p.lathe')
  await lathe(folder, 'new', file, '--task', 'image-classification')
  const { code, out, err } = await lathe(folder, 'import', file, csv, '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const done = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as { skipped: { path: string; reason: string }[] }
  expect(done).toMatchObject({ read: 20, stored: 15, labelled: 15, duplicates: 0 })
  expect(done.skipped.map(({ path: at, reason }) => `${at.slice(at.indexOf('row'))}: ${reason}`)).toEqual([
    "row 5: 'NaN' in column 5 is not a number",
    "row 9: 'nan' in column 1 is not a number",
    "row 11: 'Infinity' in column 3 is not a number",
    'row 13: value -1 in column 6 is outside 0–255',
    'row 15: value missing in column 2',
  ])
})
