// The app in the real Electron: what the stand-in cannot prove. Needs the binary, and says why where it is not there.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, expect, test, type ElectronApplication } from '@playwright/test'
import { electronOnDisk } from '../../main/electron-binary.ts'
import { rootFolder } from '../../main/paths.ts'

const binary = electronOnDisk()
function missing(): string | null {
  if (!binary) return "Electron's binary is not in node_modules/electron (node node_modules/electron/install.js fetches it)"
  if (process.platform === 'linux' && process.getuid?.() === 0) return 'Electron keeps its sandbox and so does not run as root'
  if (process.platform === 'linux' && !(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])) return 'there is no display (DISPLAY and WAYLAND_DISPLAY are not set; xvfb-run gives one)'
  return null
}
const why = missing()
if (why) console.log(`electron.spec.ts is skipped: ${why}`)

test.describe('real Electron', () => {
  test.skip(why !== null, why ?? '')
  let home = ''
  let app: ElectronApplication
  test.beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'lathe-electron-'))
    app = await _electron.launch({ executablePath: binary ?? '', args: [rootFolder], env: { ...(process.env as Record<string, string>), LATHE_HOME: home } })
  })
  test.afterAll(async () => {
    await app.close()
    await rm(home, { recursive: true, force: true })
  })

  test('the window shows the workbench from the private scheme', async () => {
    const page = await app.firstWindow()
    await expect(page.locator('#app > *').first()).toBeVisible()
    expect(page.url()).toMatch(/^lathe:\/\/app\//)
    expect(await page.evaluate(() => [location.origin, isSecureContext])).toEqual(['lathe://app', true])
  })

  test('the page has no Node, and a world of its own', async () => {
    const page = await app.firstWindow()
    expect(await page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process'), typeof Reflect.get(window, 'ipcRenderer'), Object.keys(Reflect.get(window, 'lathe') as object).sort()])).toEqual(['undefined', 'undefined', 'undefined', ['onCommand', 'pathForFile', 'platform']])
    // A function of the page's own world shows its source; one of the preload's is a proxy that does not.
    expect(await page.evaluate(() => String(Reflect.get(Reflect.get(window, 'lathe') as object, 'pathForFile')))).not.toContain('webUtils')
  })

  test('inline script, navigation, windows and permissions are refused', async () => {
    const page = await app.firstWindow()
    const url = page.url()
    await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      document.head.append(script)
      window.open('https://example.org/')
      location.href = 'https://example.org/'
    })
    expect(await page.evaluate(() => Reflect.has(window, 'inlineRan'))).toBe(false)
    expect(app.windows()).toHaveLength(1)
    expect(page.url()).toBe(url)
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
  })

  test('the engine is a utility process that trains nothing in main', async () => {
    const page = await app.firstWindow()
    await page.getByTestId('sample-card').first().click()
    await expect.poll(() => app.evaluate(({ app: electron }) => electron.getAppMetrics().filter((process) => process.name === 'Lathe engine').length)).toBe(1)
    await expect(page).toHaveURL(/#\/p\/data/)
  })
})
