// Electron's binary: found, fetched by an installer that moves, given up on one that stands still or fails.
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { electronBinary, electronOnDisk } from './electron-binary.ts'

let folder = ''
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'lathe-binary-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

async function installer(source: string): Promise<string> {
  const file = path.join(folder, 'install.cjs')
  await writeFile(file, `const fs = require('node:fs'), path = require('node:path')\n${source}`)
  return file
}
const unpacks = `fs.mkdirSync(path.join(__dirname, 'dist')); fs.writeFileSync(path.join(__dirname, 'dist', 'electron'), ''); fs.writeFileSync(path.join(__dirname, 'path.txt'), 'electron')`

test('a binary that is there is used', async () => {
  await mkdir(path.join(folder, 'dist'))
  await writeFile(path.join(folder, 'path.txt'), 'electron')
  expect(electronOnDisk(folder, undefined)).toBeNull()
  await writeFile(path.join(folder, 'dist', 'electron'), '')
  expect(await electronBinary({ folder, script: path.join(folder, 'none.cjs') })).toEqual({ path: path.join(folder, 'dist', 'electron') })
})

test('without the package there is nothing to fetch it with', async () => {
  expect(await electronBinary({ folder })).toEqual({ why: 'the electron package is not installed' })
})

test('what the installer brings is used, however long it takes while bytes come', async () => {
  const script = await installer(`
    let n = 0
    const timer = setInterval(() => {
      fs.appendFileSync(path.join(process.env.TMPDIR, 'electron.zip'), Buffer.alloc(1000))
      if (++n === 12) { clearInterval(timer); ${unpacks} }
    }, 100)`)
  let bytes = 0
  expect(await electronBinary({ folder, script, patienceMs: 700, onBytes: (now) => { bytes = Math.max(bytes, now) } })).toEqual({ path: path.join(folder, 'dist', 'electron') })
  expect(bytes).toBeGreaterThan(2000)
})

test('an installer that stands still is ended', async () => {
  const script = await installer('setInterval(() => undefined, 1000)')
  const start = performance.now()
  expect(await electronBinary({ folder, script, patienceMs: 300 })).toEqual({ why: 'Electron could not be downloaded (no answer for 0 s)' })
  expect(performance.now() - start).toBeLessThan(5000)
})

test('an installer that fails gives its sentence, not its stack', async () => {
  const script = await installer(`console.error(new TypeError('fetch failed').stack); process.exit(1)`)
  expect(await electronBinary({ folder, script })).toEqual({ why: 'Electron could not be downloaded (fetch failed)' })
})

test('an installer that ends well and leaves nothing', async () => {
  const script = await installer('process.exit(0)')
  expect(await electronBinary({ folder, script })).toEqual({ why: 'Electron could not be downloaded (its installer left no binary)' })
})
