// `npm start [-- FILE]`: builds what is stale, then opens the workbench in Electron, or in the browser where Electron cannot be had.
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { BuildError, buildStale } from './build.ts'
import { electronBinary, type ElectronBinary } from './electron-binary.ts'
import { rootFolder } from './paths.ts'

const usage = `npm start -- [FILE.lathe] [--no-electron] [--no-open] [--port N]
  --no-electron  serve the workbench to a browser (also: LATHE_HOST=server)
  --no-open      do not open a browser
  --port N       port of the browser's workbench; any free one by default`

/** Whether a browser or window has a screen to open on. */
function hasScreen({ env, platform } = process): boolean {
  if (platform !== 'linux') return !env['SSH_CONNECTION'] || platform === 'win32'
  return Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY'])
}

/** Electron's binary, or in a few words why the browser is used instead. */
async function chooseHost(noElectron: boolean): Promise<ElectronBinary | null> {
  if (noElectron || process.env['LATHE_HOST'] === 'server') return null
  if (process.platform === 'linux' && process.getuid?.() === 0) return { why: 'Electron keeps its sandbox and so does not run as root' }
  if (process.platform === 'linux' && !hasScreen()) return { why: 'there is no display for Electron (DISPLAY and WAYLAND_DISPLAY are not set)' }
  let told = false
  return electronBinary({
    onBytes: (bytes) => {
      if (!told && bytes > 0) { told = true; console.log('Fetching Electron once (about 120 MB)…') }
    },
  })
}

/** Resolves with the exit code; with what Electron said when it ended before its window was up. */
function runElectron(binary: string, file: string | undefined): Promise<number | { readonly why: string }> {
  const child = spawn(binary, [rootFolder, ...(file === undefined ? [] : [file])], { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
  let up = false
  let errors = ''
  child.on('message', (message) => { if (message === 'lathe:window') up = true })
  child.stderr?.on('data', (chunk: Buffer) => {
    if (up) process.stderr.write(chunk)
    else errors = (errors + chunk.toString('utf8')).slice(-4000)
  })
  // The terminal sends Ctrl+C to the whole group: Electron quits by itself, and this process waits for it.
  let interrupted = false
  process.once('SIGTERM', () => { interrupted = true; child.kill('SIGTERM') })
  process.on('SIGINT', () => { interrupted = true })
  return new Promise((resolve) => {
    child.once('error', (error) => { resolve({ why: error.message }) })
    child.once('exit', (code, signal) => {
      process.removeAllListeners('SIGTERM').removeAllListeners('SIGINT')
      const said = errors.split('\n').find((line) => line.includes('FATAL')) ?? errors.trim().split('\n')[0] ?? ''
      resolve(up || interrupted || code === 0 ? (code ?? 1) : { why: `Electron ended before its window was up (${said.slice(0, 200) || signal || `exit code ${String(code)}`})` })
    })
  })
}

const sayWhy = (why: string): void => { console.log(`Opening in the browser: ${why}.`) }

async function runServer(file: string | undefined, port: number, open: boolean): Promise<void> {
  const { startServer } = await import('./server/server.ts')
  const served = await startServer({ port, open: file ?? null })
  console.log(`Lathe is at ${served.url}`)
  if (open && hasScreen()) {
    const { default: openUrl } = await import('open')
    await openUrl(served.url).catch(() => undefined)
  }
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => { resolve() })
    process.once('SIGTERM', () => { resolve() })
  })
  process.once('SIGINT', () => process.exit(130))
  await served.close()
}

async function start(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'no-electron': { type: 'boolean' }, 'no-open': { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
  if (values.help) { console.log(usage); return 0 }
  const port = Number(values.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new RangeError(`--port: expected a number from 0 to 65535, got '${values.port ?? ''}'`)
  const [file] = positionals
  const [host] = await Promise.all([
    chooseHost(values['no-electron'] ?? false).then((found) => {
      if (found && 'why' in found) sayWhy(found.why)
      return found
    }),
    buildStale({ log: console.log }),
  ])
  if (host && 'path' in host) {
    const code = await runElectron(host.path, file)
    if (typeof code === 'number') return code
    sayWhy(code.why)
  }
  await runServer(file, port, !values['no-open'])
  return 0
}

try {
  process.exitCode = await start()
} catch (error) {
  const usageError = error instanceof RangeError || (error instanceof TypeError && 'code' in error)
  console.error(error instanceof BuildError ? `build failed\n${error.message}` : error instanceof Error ? error.message : String(error))
  if (usageError) console.error(usage)
  process.exitCode = usageError ? 2 : 1
}
