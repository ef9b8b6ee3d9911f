// A disk that fills while a run trains: a real one of a few megabytes, where this user may mount one.
import { spawnSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { temporaryFolder } from './support.ts'

const mountable = process.platform === 'linux' && spawnSync('unshare', ['-rm', 'true']).status === 0

/** Whole, then on a full disk, then with room again; the folder is a disk of 12 MB. */
const HOST = `
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { createServices } from './main/services/index.ts'
import { forkEngine } from './main/services/engine-child.ts'
const [folder, disk] = process.argv.slice(1)
const services = createServices({ dataFolder: folder, projectsFolder: folder, startEngine: () => forkEngine(), roots: null })
const { path: project } = await services.projects.fromSample({ id: 'digits', path: disk + '/digits.lathe', task: null })
const recipe = await services.runs.recipe({ project, model: 'mlp' })
const train = async (begin) => services.runs.finished(project, (await begin()).id)
const start = () => services.runs.start({ project, config: { ...recipe, epochs: 8, augment: null } })
const whole = await train(start)
// Closed, so that the room of its log is free again.
await services.projects.close({ project })
const { bavail, bsize } = statfsSync(disk)
writeFileSync(disk + '/filler', Buffer.alloc(Math.max(0, bavail * bsize - 900_000)))
await services.projects.open({ path: project })
const full = await train(start).catch((error) => ({ status: 'not begun', error }))
const samples = services.samples.counts({ project }).total
rmSync(disk + '/filler')
const there = services.runs.list({ project })
const resumed = await train(() => there.length > 1 ? services.runs.resume({ project, run: there[0].id }) : start())
console.log(JSON.stringify({ whole, full: { ...full, error: { kind: full.error?.kind, message: full.error?.message } }, samples, resumed, check: services.projects.check({ path: project }) }))
await services.close()
process.exit()
`

test.runIf(mountable)('the run fails with one message that names the file, nothing is lost, and with room again it ends in the same weights', { timeout: 90_000 }, async () => {
  const folder = await temporaryFolder()
  const disk = path.join(folder, 'disk')
  await mkdir(disk)
  const run = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=12m lathe "$2" && exec "$0" --input-type=module -e "$3" "$1" "$2"', process.execPath, folder, disk, HOST], { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8' })
  if (run.status !== 0) expect.fail(run.stderr)
  const { whole, full, samples, resumed, check } = JSON.parse(run.stdout) as Record<string, Record<string, unknown>>
  expect(full).toMatchObject({ error: { kind: 'disk-full', message: expect.stringContaining(path.join(disk, 'digits.lathe')) as string } })
  expect(full?.['status']).toMatch(/failed|crashed/)
  expect(samples).toBe(1797)
  expect(resumed).toMatchObject({ status: 'finished', weightsHash: whole?.['weightsHash'] })
  expect(check).toEqual({ ok: true, problems: [] })
})
