// Stand-in of `app`: life cycle, and the connection to the Chromium that the test started.
import { EventEmitter } from 'node:events'
import { chromium, type Browser } from '@playwright/test'

interface Window {
  close(): Promise<void>
}

/** An event whose default may be prevented, as Electron's. */
export class Preventable {
  prevented = false
  readonly preventDefault = (): void => { this.prevented = true }
}

class App extends EventEmitter {
  readonly isPackaged = false
  readonly paths = new Map<string, string>()
  readonly windows = new Set<Window>()
  sandboxed = false
  exitCode: number | null = null
  #browser: Promise<Browser> | null = null

  get browser(): Promise<Browser> {
    const endpoint = process.env['STAND_IN_CDP']
    if (!endpoint) throw new Error('STAND_IN_CDP: expected the DevTools address of a Chromium')
    return (this.#browser ??= chromium.connectOverCDP(endpoint))
  }

  async whenReady(): Promise<void> {
    await this.browser
    this.emit('ready')
  }

  setPath(name: string, path: string): void { this.paths.set(name, path) }
  enableSandbox(): void { this.sandboxed = true }
  requestSingleInstanceLock(): boolean { return true }

  quit(): void {
    const event = new Preventable()
    this.emit('before-quit', event)
    if (!event.prevented) void this.#end(0)
  }

  exit(code = 0): void { void this.#end(code) }

  /** Electron would exit here; the stand-in only lets go, so that what the app left open keeps its process alive. */
  async #end(code: number): Promise<void> {
    if (this.exitCode !== null) return
    this.exitCode = code
    process.exitCode = code
    await Promise.all([...this.windows].map((window) => window.close()))
    this.emit('will-quit', { preventDefault: () => undefined })
    this.emit('quit', {}, code)
    await (await this.#browser)?.close()
    this.#browser = null
  }
}

export const app = new App()
