// The Chromium that tests and screenshots run in: LATHE_CHROME, else one of this system, else the one a registry package ships.
import { execFile } from 'node:child_process'
import { access, constants, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { LaunchOptions } from '@playwright/test'
import { rootFolder } from '../../main/paths.ts'

const run = promisify(execFile)

/** Places where systems put Chrome, Chromium or Edge. */
function known({ platform, env } = process): string[] {
  if (platform === 'linux') return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) => `/usr/bin/${name}`)
  if (platform === 'darwin') return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  const folders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((folder) => folder !== undefined)
  return ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap((file) => folders.map((folder) => path.win32.join(folder, file)))
}

const canRun = (file: string): Promise<boolean> => access(file, constants.X_OK).then(() => true, () => false)

/** Launch options for Playwright: the browser, and what it needs where it comes from the package. */
export async function chromiumLaunch(): Promise<LaunchOptions> {
  const given = process.env['LATHE_CHROME']
  if (given && !(await canRun(given))) throw new Error(`LATHE_CHROME: expected the path of a Chromium, '${given}' cannot be run`)
  const args = process.platform === 'linux' ? ['--no-sandbox', '--disable-dev-shm-usage'] : []
  for (const file of given ? [given] : known()) if (await canRun(file)) return { executablePath: file, args }
  const { executablePath, env } = await packagedChromium()
  return { executablePath, args, env: { ...definedEnv(), ...env } }
}

const definedEnv = (): Record<string, string> => Object.fromEntries(Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined))

interface Packaged {
  readonly executablePath: string
  readonly env: Readonly<Record<string, string>>
}

/** @sparticuz/chromium, unpacked once for this repository with the libraries it brings; those are used where the system lacks them. */
export async function packagedChromium(cache = path.join(rootFolder, 'node_modules', '.cache', 'chromium')): Promise<Packaged> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(`no Chromium found: expected one of ${known().join(', ')}; install Chrome, or set LATHE_CHROME to a Chromium`)
  const { version } = JSON.parse(await readFile(path.join(rootFolder, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')) as { version: string }
  const folder = path.join(cache, version)
  const executablePath = path.join(folder, 'chromium')
  if (!(await canRun(executablePath))) await unpack(cache, folder)
  const hasFonts = await access('/etc/fonts/fonts.conf').then(() => true, () => false)
  const fonts: Record<string, string> = hasFonts ? {} : { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') }
  const libraries = { LD_LIBRARY_PATH: [path.join(folder, 'al2023', 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':') }
  const failures: string[] = []
  for (const env of [{}, libraries]) {
    try {
      await run(executablePath, ['--version'], { env: { ...process.env, ...env } })
      return { executablePath, env: { ...fonts, ...env } }
    } catch (error) {
      failures.push(error instanceof Error ? error.message.trim() : String(error))
    }
  }
  throw new Error(`the Chromium of @sparticuz/chromium does not run here: ${failures.join('; ')}`)
}

/** The package unpacks into the temp folder, and its libraries only on Amazon Linux: so a process is told that it is there, with a temp folder of its own. */
async function unpack(cache: string, folder: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(path.join(cache, 'draft-'))
  try {
    const script = "import('@sparticuz/chromium').then((m) => m.default.executablePath())"
    await run(process.execPath, ['-e', script], { cwd: rootFolder, env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' } })
    await writeFile(path.join(draft, 'fonts.conf'), `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${path.join(folder, 'fonts')}</dir><cachedir>${path.join(folder, 'font-cache')}</cachedir></fontconfig>`)
    await rename(draft, folder).catch(async (error: unknown) => {
      // Another process was first, and its copy is as good.
      if (!(await canRun(path.join(folder, 'chromium')))) throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}
