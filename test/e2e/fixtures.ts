// Fixtures of end-to-end tests: a fresh Node host with folders of its own, and a page on it that fails its test by any error.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { startServer, type RunningServer } from '../../main/server/server.ts'

export { expect } from '@playwright/test'

interface Fixtures {
  /** A new folder, gone after the test. */
  readonly folder: string
  /** The workbench for a browser; its services can be called directly. */
  readonly host: RunningServer
  /** What the page has said in anger; a test that provokes an error takes it out of here. */
  readonly errors: string[]
}

export const test = base.extend<Fixtures>({
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'lathe-e2e-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
  host: async ({ folder }, use) => {
    const host = await startServer({ dataFolder: path.join(folder, 'home'), projectsFolder: path.join(folder, 'projects') })
    await use(host)
    await host.close()
  },
  errors: async ({}, use) => {
    const errors: string[] = []
    await use(errors)
    base.expect(errors, 'errors of the page').toEqual([])
  },
  page: async ({ page, host, errors }, use) => {
    collectErrors(page, errors)
    await page.goto(host.url)
    await use(page)
    await page.close()
  },
})

/** Errors of the console, of scripts, and of requests. */
export function collectErrors(page: Page, errors: string[]): void {
  page.on('console', (message) => { if (message.type() === 'error') errors.push(`console: ${message.text()}`) })
  page.on('pageerror', (error) => { errors.push(`script: ${error.stack ?? error.message}`) })
  page.on('response', (response) => { if (response.status() >= 500) errors.push(`${response.status()} of ${response.url()}`) })
}
