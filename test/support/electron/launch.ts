// Starts the built app in the stand-in, with its window in a Chromium that the test can look into.
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { rootFolder } from '../../../main/paths.ts'
import { chromiumLaunch } from '../chromium.ts'
import type { Ask, Report } from './control.ts'

export interface StandIn {
  readonly page: Page
  /** All that the app wrote. */
  output(): string
  report(permissions?: readonly string[]): Promise<Report>
  menu(...labels: string[]): Promise<void>
  /** The next dialog answers with these paths; none: cancelled. */
  answerDialog(...paths: string[]): Promise<void>
  quit(): Promise<void>
  /** Exit code of the app when it ends by itself; throws with what it wrote when it does not. */
  ended(withinMs?: number): Promise<number | null>
  [Symbol.asyncDispose](): Promise<void>
}

/** `env` names the folders of this app: LATHE_HOME. */
export async function launchStandIn(env: Readonly<Record<string, string>>, args: readonly string[] = []): Promise<StandIn> {
  const profile = await mkdtemp(path.join(tmpdir(), 'lathe-stand-in-'))
  const launch = await chromiumLaunch()
  const context = await chromium.launchPersistentContext(profile, { ...launch, args: [...(launch.args ?? []), '--remote-debugging-port=0'], headless: true, viewport: { width: 1280, height: 800 } })
  const child = startApp(await devTools(profile), env, args)
  const dispose = async (): Promise<void> => {
    child.process.kill('SIGKILL')
    await child.exited
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
  try {
    return { ...child.standIn, page: await appPage(context, child), [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** Chromium writes the port that it chose into its profile. */
async function devTools(profile: string): Promise<string> {
  for (let i = 0; i < 200; i++) {
    const [port] = (await readFile(path.join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n')
    if (port) return `http://127.0.0.1:${port}`
    await sleep(25)
  }
  throw new Error('Chromium gave no DevTools port')
}

interface App {
  readonly process: ChildProcess
  readonly exited: Promise<number | null>
  readonly standIn: Omit<StandIn, 'page' | typeof Symbol.asyncDispose>
}

function startApp(endpoint: string, env: Readonly<Record<string, string>>, args: readonly string[]): App {
  const register = new URL('./register.ts', import.meta.url).href
  const child = fork(path.join(rootFolder, 'dist/main/index.js'), args, { execArgv: ['--import', register], stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, ...env, STAND_IN_CDP: endpoint } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => { output += chunk.toString('utf8') })
  const exited = new Promise<number | null>((resolve) => { child.once('exit', (code) => { resolve(code) }) })
  let last = 0
  const ask = (question: Ask): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++last
      const answer = (message: unknown): void => {
        if (typeof message !== 'object' || message === null || !('id' in message) || message.id !== id || !('value' in message)) return
        child.off('message', answer)
        resolve(message.value)
      }
      child.on('message', answer)
      void exited.then((code) => { reject(new Error(`the app ended (${String(code)}) before it answered:\n${output}`)) })
      child.send({ ...question, id })
    })
  return {
    process: child,
    exited,
    standIn: {
      output: () => output,
      report: async (permissions = []) => (await ask({ ask: 'report', permissions })) as Report,
      menu: async (...labels) => { await ask({ ask: 'menu', labels }) },
      answerDialog: async (...answer) => { await ask({ ask: 'dialog', answer }) },
      quit: async () => { await ask({ ask: 'quit' }) },
      ended: async (withinMs = 15_000) => {
        const late = new AbortController()
        const timeout = sleep(withinMs, 'late' as const, { signal: late.signal }).catch(() => 'late' as const)
        const code = await Promise.race([exited, timeout])
        late.abort()
        if (code === 'late') throw new Error(`the app did not end within ${withinMs} ms; something of it is still open:\n${output}`)
        return code
      },
    },
  }
}

async function appPage(context: BrowserContext, app: App): Promise<Page> {
  const blank = new Set(context.pages())
  const found = new Promise<Page>((resolve) => { context.on('page', (page) => { if (!blank.has(page)) resolve(page) }) })
  const ended = app.exited.then((code) => { throw new Error(`the app ended (${String(code)}) before its window was open:\n${app.standIn.output()}`) })
  const page = await Promise.race([found, ended])
  await page.waitForURL('http://app.lathe.localhost/**')
  return page
}
