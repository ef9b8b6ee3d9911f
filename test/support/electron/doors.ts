// Stand-ins of `ipcMain`, `protocol` and `session`: what the page can knock on.
import { EventEmitter } from 'node:events'

export const ipcMain = new EventEmitter()

export type SchemeHandler = (request: Request) => Response | Promise<Response>
export const handlers = new Map<string, SchemeHandler>()
export const privileged: unknown[] = []
export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly unknown[]): void => { privileged.push(...schemes) },
  handle: (scheme: string, handler: SchemeHandler): void => { handlers.set(scheme, handler) },
}

type RequestHandler = (contents: unknown, permission: string, answer: (granted: boolean) => void, details: { isMainFrame: boolean; requestingUrl: string }) => void
type CheckHandler = (contents: unknown, permission: string, origin: string, details: { isMainFrame: boolean }) => boolean

class Session extends EventEmitter {
  request: RequestHandler | null = null
  check: CheckHandler | null = null
  device: (() => boolean) | null = null
  setPermissionRequestHandler(handler: RequestHandler): void { this.request = handler }
  setPermissionCheckHandler(handler: CheckHandler): void { this.check = handler }
  setDevicePermissionHandler(handler: () => boolean): void { this.device = handler }
}
export const session = { defaultSession: new Session() }
