// The built main, preload and engine in Electron's stand-in, on a real Chromium: window, protocol, port, engine process, quitting.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { forkEngine } from '../../main/services/engine-child.ts'
import { appFolders } from '../../main/services/folders.ts'
import { createServices } from '../../main/services/index.ts'
import { launchStandIn, type StandIn } from '../support/electron/launch.ts'
import { collectErrors } from './fixtures.ts'

let home = ''
let app: StandIn
const errors: string[] = []
test.beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'lathe-desktop-'))
  app = await launchStandIn({ LATHE_HOME: home })
  errors.length = 0
  collectErrors(app.page, errors)
})
test.afterEach(async () => {
  await app[Symbol.asyncDispose]()
  await rm(home, { recursive: true, force: true })
})

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('the window is closed to everything but its own page', async () => {
  const { page } = app
  await expect(page.getByTestId('sample-card').first()).toBeVisible()
  const report = await app.report(['media', 'geolocation', 'notifications', 'midi', 'openExternal', 'clipboard-read', 'clipboard-sanitized-write', 'fileSystem', 'hid', 'serial', 'usb'])
  expect(report.windows).toHaveLength(1)
  expect(report.windows[0]).toMatchObject({ visible: true, options: { show: false, webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false, webSecurity: true } } })
  expect(report.sandboxed).toBe(true)
  expect(report.privileged).toEqual([{ scheme: 'lathe', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }])
  expect(report.granted).toEqual(['clipboard-sanitized-write'])
  expect(report.windowOpen).toBe('deny')

  const url = page.url()
  await page.evaluate(() => { location.href = 'https://example.org/' })
  await page.evaluate(() => { location.href = '/media/sample' })
  await expect(page.getByTestId('sample-card').first()).toBeVisible()
  expect(page.url()).toBe(url)
  expect(await page.evaluate(() => Object.keys(window.lathe ?? {}).sort())).toEqual(['onCommand', 'pathForFile', 'platform'])
})

test('the scheme serves the page with its policy, and nothing outside', async () => {
  const { page } = app
  const response = await page.evaluate(async () => {
    const answer = await fetch('/')
    return { status: answer.status, policy: answer.headers.get('content-security-policy') ?? '', sniff: answer.headers.get('x-content-type-options') }
  })
  expect(response).toMatchObject({ status: 200, sniff: 'nosniff' })
  const scripts = /script-src ([^;]*)/.exec(response.policy)?.[1]
  expect(scripts).toBe("'self'")
  expect(response.policy).toContain("default-src 'self'")
  expect(response.policy).toContain("frame-ancestors 'none'")
  const inline = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.inlineRan = true'
    document.head.append(script)
    return Reflect.get(window, 'inlineRan') === true
  })
  expect(inline).toBe(false)
  const outside = await page.evaluate(async () => Promise.all(['/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/../main/index.js'].map(async (address) => (await fetch(address)).status)))
  expect(outside.every((status) => status === 403 || status === 404)).toBe(true)
})

test('a project from the sample: the engine process makes it, the window shows it, menu and dialog reach it', async () => {
  const { page } = app
  await page.getByTestId('sample-card').first().click()
  await expect(page).toHaveURL(/#\/p\/data\?.*project=/, { timeout: 30_000 })
  const pictures = page.locator('img[src*="/media/thumb"]')
  await expect(pictures.first()).toBeVisible()
  await expect.poll(() => pictures.first().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
  const made = readdirSync(path.join(home, 'projects')).filter((file) => file.endsWith('.lathe'))
  expect(made).toHaveLength(1)
  const { processes } = await app.report()
  expect(processes.map(({ pid, ended }) => [typeof pid, ended])).toEqual([['number', false]])

  await app.menu('File', 'Close project')
  await expect(page).toHaveURL(/#\/(\?|$)/)
  await app.answerDialog(path.join(home, 'projects', made[0] ?? ''))
  await app.menu('File', 'Open project…')
  await expect(page).toHaveURL(/#\/p\/data\?.*project=/)
  expect((await app.report()).dialogs).toEqual([expect.objectContaining({ title: 'Open project', properties: ['openFile'] })])
  expect(errors).toEqual([])
})

test('quitting ends the engine, leaves nothing open, and remembers the window', async () => {
  const { page } = app
  await page.getByTestId('sample-card').first().click()
  await expect(page).toHaveURL(/#\/p\/data/, { timeout: 30_000 })
  const [engine] = (await app.report()).processes
  expect(engine?.pid !== undefined && alive(engine.pid)).toBe(true)
  await app.quit()
  expect(await app.ended()).toBe(0)
  expect(engine?.pid !== undefined && alive(engine.pid)).toBe(false)
  expect(JSON.parse(readFileSync(path.join(home, 'window.json'), 'utf8'))).toMatchObject({ maximized: false, bounds: { width: 1280, height: 800 } })
  // No write-ahead log is left beside the project: it was closed.
  expect(readdirSync(path.join(home, 'projects')).filter((file) => /-(wal|shm)$/.test(file))).toEqual([])
  expect(app.output()).toBe('')
})

test('quitting while a run trains pauses it with a checkpoint', async () => {
  const { page } = app
  await page.getByTestId('sample-card').first().click()
  await expect(page).toHaveURL(/#\/p\/data/, { timeout: 30_000 })
  await page.evaluate(() => { location.hash = location.hash.replace('/p/data', '/p/train') })
  await page.getByTestId('start').click()
  await expect(page.getByTestId('engine-state')).toContainText(/epoch/i, { timeout: 30_000 })
  await app.quit()
  expect(await app.ended()).toBe(0)
  const projects = path.join(home, 'projects')
  const file = path.join(projects, readdirSync(projects).find((name) => name.endsWith('.lathe')) ?? '')
  await using stack = new AsyncDisposableStack()
  const services = stack.adopt(createServices({ ...appFolders({ LATHE_HOME: home }), startEngine: () => forkEngine(), roots: null }), (opened) => opened.close())
  const { path: project } = await services.projects.open({ path: file })
  const [run] = services.runs.list({ project })
  expect(run?.status).toBe('paused')
  expect(services.runs.checkpoints({ project, run: run!.id }).length).toBeGreaterThan(0)
})

test('closing the window quits the app', async () => {
  test.skip(process.platform === 'darwin', 'a Mac keeps an app without windows')
  await expect(app.page.getByTestId('sample-card').first()).toBeVisible()
  await app.page.close()
  expect(await app.ended()).toBe(0)
  expect(existsSync(path.join(home, 'projects'))).toBe(true)
})
