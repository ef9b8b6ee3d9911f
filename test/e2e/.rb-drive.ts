import { mkdtemp, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { startServer } from '../../main/server/server.ts'
import { chromiumLaunch } from '../support/chromium.ts'
const folder = await mkdtemp('/tmp/rb/h-')
const host = await startServer({ dataFolder: path.join(folder, 'home'), projectsFolder: path.join(folder, 'projects'), pageFolder: '/tmp/rb/page' })
const browser = await chromium.launch({ ...(await chromiumLaunch()), headless: true })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') console.log('console', m.type(), m.text()) })
page.on('pageerror', (e) => console.log('pageerror', e.stack))
const info = await host.services.projects.fromSample({ id: 'digits', path: null })
console.log(info)
await page.goto(host.url)
const go = async (place: string, query = '') => { await page.goto(`${new URL(host.url).origin}/#/p/${place}?project=${encodeURIComponent(info.path)}${query}`); await page.waitForTimeout(1200) }
const shot = (name: string) => page.screenshot({ path: `/tmp/rb/${name}.png` })
const steps = (await import(process.argv[2]!)) as { default: (t: unknown) => Promise<void> }
try { await steps.default({ page, host, info, go, shot }) } catch (e) { console.log(e); await shot('fail') } finally { await browser.close(); await host.close() }
