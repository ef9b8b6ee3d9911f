// Stand-in of BrowserWindow: a page of the real Chromium, its requests answered by protocol.handle's function.
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Page, Route } from '@playwright/test'
import { app, Preventable } from './app.ts'
import { handlers, ipcMain } from './doors.ts'
import { pageSide, type StandInWindow } from './page-side.ts'
import { fromWire, toWire, type MessagePortMain, type Wire } from './ports.ts'

interface Options {
  readonly width?: number
  readonly height?: number
  readonly x?: number
  readonly y?: number
  readonly webPreferences?: Readonly<Record<string, unknown>> & { readonly preload?: string }
}
type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' }

const played = (url: string): string => url.replace(/^([a-z]+):\/\/([^/]+)/, 'http://$2.$1.localhost')
const meant = (url: string): string => url.replace(/^http:\/\/([^.]+)\.([a-z]+)\.localhost/, '$2://$1')

class WebContents extends EventEmitter {
  readonly mainFrame: { readonly url: string }
  openHandler: OpenHandler | null = null
  readonly ports = new Map<number, MessagePortMain>()
  readonly #page: () => Page
  #queue: (readonly [number, Wire])[] = []
  #busy = false

  constructor(page: () => Page) {
    super()
    this.#page = page
    this.mainFrame = { get url() { return meant(page().url()) } }
  }

  getURL(): string { return this.mainFrame.url }
  setWindowOpenHandler(handler: OpenHandler): void { this.openHandler = handler }
  send(channel: string, ...args: unknown[]): void { void this.#ipc(channel, args, []) }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ids = transfer.map((port) => {
      const id = this.ports.size + 1
      this.ports.set(id, port)
      port.on('message', ({ data }: { data: unknown }) => {
        this.#queue.push([id, toWire(data)])
        void this.#flush()
      })
      return id
    })
    void this.#ipc(channel, [message], ids).then(() => { for (const port of transfer) port.start() })
  }

  /** The page is gone, and its ends of the ports with it. */
  closePorts(): void {
    for (const port of this.ports.values()) port.close()
    this.ports.clear()
  }

  #ipc(channel: string, args: readonly unknown[], ids: readonly number[]): Promise<void> {
    return this.#page().evaluate(([name, values, ends]) => { (window as unknown as StandInWindow).standIn?.ipc(name, values, ends) }, [channel, args, ids] as const)
  }

  async #flush(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    while (this.#queue.length > 0 && !this.#page().isClosed()) {
      const messages = this.#queue
      this.#queue = []
      await this.#page().evaluate((list) => { (window as unknown as StandInWindow).standIn?.deliver(list) }, messages).catch(() => undefined)
    }
    this.#busy = false
  }
}

export class BrowserWindow extends EventEmitter {
  static getAllWindows(): BrowserWindow[] { return [...app.windows].filter((window) => window instanceof BrowserWindow) }
  static getFocusedWindow(): BrowserWindow | null { return BrowserWindow.getAllWindows()[0] ?? null }

  readonly options: Options
  readonly webContents: WebContents
  readonly #opened: Promise<Page>
  #page: Page | null = null
  #loading = false
  visible = false

  constructor(options: Options = {}) {
    super()
    this.options = options
    this.webContents = new WebContents(() => {
      if (!this.#page) throw new Error('BrowserWindow: its page is not open yet')
      return this.#page
    })
    app.windows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
    this.#opened = this.#open()
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#opened
    this.#loading = true
    await page.goto(played(url)).finally(() => { this.#loading = false })
    this.emit('ready-to-show')
  }

  show(): void { this.visible = true }
  hide(): void { this.visible = false }
  focus(): void { this.emit('focus') }
  maximize(): void { this.emit('maximize') }
  restore(): void { this.emit('restore') }
  isMinimized(): boolean { return false }
  isMaximized(): boolean { return false }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options
    return { x, y, width, height }
  }

  async close(): Promise<void> {
    const page = await this.#opened
    if (page.isClosed()) return
    this.emit('close', { preventDefault: () => undefined })
    await page.close()
  }

  async #open(): Promise<Page> {
    const [context] = (await app.browser).contexts()
    if (!context) throw new Error('the Chromium of the test has no context')
    const page = await context.newPage()
    this.#page = page
    const { preload } = this.options.webPreferences ?? {}
    const source = preload ? readFileSync(preload, 'utf8').replace(/^\/\/# sourceMappingURL.*$/m, '') : ''
    await page.exposeFunction('standInSend', (channel: string, args: readonly unknown[]) => {
      ipcMain.emit(channel, { sender: this.webContents, senderFrame: this.webContents.mainFrame, ports: [] }, ...args)
    })
    await page.exposeFunction('standInPort', (id: number, wire: Wire) => { this.webContents.ports.get(id)?.postMessage(fromWire(wire)) })
    await page.addInitScript({ content: `(${pageSide.toString()})((require, process, module, exports) => {${source}\n})` })
    await page.route('**/*', (route) => this.#answer(page, route))
    page.on('popup', (popup) => {
      // The page gets no window either way; an allowing app would be seen by its event.
      if (this.webContents.openHandler?.({ url: popup.url() }).action !== 'deny') this.webContents.emit('did-create-window', popup.url())
      void popup.close()
    })
    page.on('close', () => {
      this.webContents.closePorts()
      app.windows.delete(this)
      this.emit('closed')
      if (app.windows.size === 0 && app.exitCode === null) app.emit('window-all-closed')
    })
    return page
  }

  async #answer(page: Page, route: Route): Promise<void> {
    const request = route.request()
    const url = meant(request.url())
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && !this.#loading) {
      const event = new Preventable()
      this.webContents.emit('will-navigate', event, url)
      if (event.prevented) return route.abort('aborted')
    }
    const handler = handlers.get(new URL(url).protocol.slice(0, -1))
    if (!handler) return route.abort('accessdenied')
    const body = request.postDataBuffer()
    const response = await handler(new Request(url, { method: request.method(), headers: request.headers(), body: body && new Uint8Array(body) }))
    return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) })
  }
}
