// `npm start` where there is no Electron to be had: one line why, an address, a page; Ctrl+C ends all of it.
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { test, expect, type Page } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { rootFolder } from '../../main/paths.ts'

interface Started {
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  output(): string
  url(): Promise<string>
}

function start(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Started {
  const child = spawn(process.execPath, [path.join(rootFolder, 'main/start.ts'), ...args], { cwd: rootFolder, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString('utf8') })
  const exited = new Promise<number | null>((resolve) => { child.once('exit', (code) => { resolve(code) }) })
  return {
    child,
    exited,
    output: () => output,
    url: async () => {
      await expect.poll(() => output, { timeout: 20_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\S*token=/)
      return /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(output)?.[0] ?? ''
    },
  }
}

let home = ''
test.beforeEach(async () => { home = await mkdtemp(path.join(tmpdir(), 'lathe-start-')) })
test.afterEach(() => rm(home, { recursive: true, force: true }))

async function showsWorkbench(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await expect(page).toHaveTitle(/Lathe/)
  await expect(page.locator('#app > *').first()).toBeVisible()
}

test('without Electron it says so in one line and serves a browser', async ({ page }) => {
  test.skip(process.platform === 'win32', 'a console of Windows sends its Ctrl+C to no single process')
  // An Electron package folder that is empty, as far as the program can see, and no screen to open a browser on.
  const app = start([], { LATHE_HOME: home, DISPLAY: undefined, WAYLAND_DISPLAY: undefined, LATHE_HOST: process.platform === 'linux' ? undefined : 'server' })
  try {
    await showsWorkbench(page, await app.url())
    const lines = app.output().trim().split('\n').filter((line) => !line.startsWith('built '))
    if (process.platform === 'linux') expect(lines[0]).toMatch(/^Opening in the browser: .+\.$/)
    expect(lines.at(-1)).toMatch(/^Lathe is at http:/)
    expect(lines.length).toBeLessThanOrEqual(2)
    app.child.kill('SIGINT')
    expect(await app.exited).toBe(0)
  } finally {
    app.child.kill('SIGKILL')
  }
})

test('--no-electron asks for nothing else; a port that is taken is an error of one line', async ({ page }) => {
  const first = start(['--no-electron', '--no-open'], { LATHE_HOME: home })
  try {
    const url = await first.url()
    await showsWorkbench(page, url)
    expect(first.output()).not.toContain('Electron')
    const second = start(['--no-electron', '--no-open', '--port', new URL(url).port], { LATHE_HOME: home })
    expect(await second.exited).toBe(1)
    expect(second.output().trim().split('\n')).toEqual([expect.stringContaining(new URL(url).port)])
  } finally {
    first.child.kill('SIGTERM')
    await first.exited
  }
})

test('a wrong option is told with the usage', async () => {
  const app = start(['--colour'], { LATHE_HOME: home })
  expect(await app.exited).toBe(2)
  expect(app.output()).toContain('--colour')
  expect(app.output()).toContain('npm start -- ')
  expect(app.output()).not.toMatch(/^\s+at /m)
})
