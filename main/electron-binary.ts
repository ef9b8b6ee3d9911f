// Finds Electron's binary, fetching it when it is not there; gives up when the download stands still.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { rootFolder } from './paths.ts'

const electronFolder = path.join(rootFolder, 'node_modules', 'electron')

export type ElectronBinary = { readonly path: string } | { readonly why: string }

/** The binary that stands on this disk; null when there is none. */
export function electronOnDisk(folder = electronFolder, override = process.env['ELECTRON_OVERRIDE_DIST_PATH']): string | null {
  try {
    const executable = readFileSync(path.join(folder, 'path.txt'), 'utf8').trim()
    const found = path.join(override ?? path.join(folder, 'dist'), executable)
    return existsSync(found) ? found : null
  } catch {
    const found = override && path.join(override, process.platform === 'win32' ? 'electron.exe' : 'electron')
    return found && existsSync(found) ? found : null
  }
}

export interface FetchOptions {
  /** Give up after so long without one more byte on the disk. */
  readonly patienceMs?: number
  readonly folder?: string
  /** Script of the electron package that downloads and unpacks. */
  readonly script?: string
  readonly onStart?: () => void
  readonly onBytes?: (bytes: number) => void
}

/** What is on the disk, else what the package's own installer brings; never throws. */
export async function electronBinary({ patienceMs = 6000, folder = electronFolder, script = path.join(folder, 'install.js'), onStart, onBytes }: FetchOptions = {}): Promise<ElectronBinary> {
  const onDisk = electronOnDisk(folder)
  if (onDisk) return { path: onDisk }
  if (!existsSync(script)) return { why: 'the electron package is not installed' }
  onStart?.()
  const temp = await mkdtemp(path.join(tmpdir(), 'lathe-electron-'))
  try {
    const why = await install(script, temp, [temp, path.join(folder, 'dist')], patienceMs, onBytes)
    const fetched = electronOnDisk(folder)
    return fetched ? { path: fetched } : { why: `Electron could not be downloaded (${why ?? 'its installer left no binary'})` }
  } finally {
    await rm(temp, { recursive: true, force: true })
  }
}

/** Runs the installer; null when it ends well, else why not. The disk tells its progress, so that no downloader need be trusted to end. */
function install(script: string, temp: string, watched: readonly string[], patienceMs: number, onBytes?: (bytes: number) => void): Promise<string | null> {
  const env = { ...process.env, TMPDIR: temp, TEMP: temp, TMP: temp, ELECTRON_GET_NO_PROGRESS: '1', NODE_USE_ENV_PROXY: '1' }
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => { errors = (errors + chunk.toString('utf8')).slice(-8000) })
  return new Promise((resolve) => {
    let bytes = 0
    let moved = performance.now()
    let stalled = false
    const timer = setInterval(() => {
      void Promise.all(watched.map(sizeOf)).then((sizes) => {
        const now = sizes.reduce((a, b) => a + b, 0)
        if (now !== bytes) {
          bytes = now
          moved = performance.now()
          onBytes?.(now)
        } else if (performance.now() - moved > patienceMs) {
          stalled = true
          child.kill('SIGKILL')
        }
      })
    }, 250)
    const end = (why: string | null): void => { clearInterval(timer); resolve(why) }
    child.once('error', (error) => { end(error.message) })
    child.once('exit', (code) => {
      if (stalled) end(`no answer for ${Math.round(patienceMs / 1000)} s`)
      else end(code === 0 ? null : reason(errors))
    })
  })
}

/** The sentence of an error output: "TypeError: fetch failed\n    at …" → "fetch failed". */
function reason(errors: string): string {
  const line = errors.split('\n').find((text) => /error/i.test(text) && !/^\s+at /.test(text)) ?? errors.split('\n')[0] ?? ''
  return line.replace(/^\w*Error: /, '').trim().slice(0, 160) || 'its installer failed'
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => stat(path.join(entry.parentPath, entry.name)).then(({ size }) => size, () => 0)))
  return sizes.reduce((a, b) => a + b, 0)
}
