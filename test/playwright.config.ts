// End-to-end tests: the built window in a real Chromium, one test at a time.
import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { chromiumLaunch } from './support/chromium.ts'

const root = path.resolve(import.meta.dirname, '..')
export default defineConfig({
  testDir: 'e2e',
  outputDir: path.join(root, 'test-results'),
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 90_000,
  // Two browsers, two hosts and two engines share two cores: what takes a second alone may take many.
  expect: { timeout: 20_000 },
  reporter: [['list']],
  globalSetup: './support/built.ts',
  use: { browserName: 'chromium', headless: true, viewport: { width: 1280, height: 800 }, trace: 'off', screenshot: 'only-on-failure', launchOptions: await chromiumLaunch() },
})
