// The loopback host: the workbench for a browser on this machine, behind a random token.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { LatheError } from '../../engine/contract/errors.ts'
import { createMedia } from '../api/media.ts'
import { SAFE_HEADERS } from '../api/page.ts'
import { createRouter } from '../api/router.ts'
import { forkEngine, SOURCE_ENGINE } from '../services/engine-child.ts'
import { appFolders } from '../services/folders.ts'
import { createServices, type Services } from '../services/index.ts'
import type { UploadLimits } from '../services/uploads.ts'
import { VERSION } from '../services/version.ts'
import { Access } from './access.ts'
import { attachSockets } from './sockets.ts'

export interface ServerOptions {
  /** 0 (default): any free port. */
  readonly port?: number
  /** Project to open at once; its folder may be used. */
  readonly open?: string | null
  /** Further folders that may be used. */
  readonly folders?: readonly string[]
  /** Folder of the built window. */
  readonly pageFolder?: string
  /** The engine's entry. */
  readonly engineFile?: string
  readonly dataFolder?: string
  readonly projectsFolder?: string
  readonly uploadLimits?: Partial<UploadLimits>
}
export interface RunningServer {
  /** With the token: whoever has it is let in. */
  readonly url: string
  readonly port: number
  readonly token: string
  readonly services: Services
  /** Ends connections, pauses a running training with a checkpoint, ends the engine. */
  close(): Promise<void>
}

const LOOPBACK = '127.0.0.1'
const SOURCE_PAGE = fileURLToPath(new URL('../../dist/renderer', import.meta.url))

/** @throws LatheError conflict when the port is taken. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { dataFolder, projectsFolder } = { ...appFolders(), ...(options.dataFolder && { dataFolder: options.dataFolder }), ...(options.projectsFolder && { projectsFolder: options.projectsFolder }) }
  await mkdir(projectsFolder, { recursive: true })
  const open = options.open ? path.resolve(options.open) : null
  const services = createServices({
    dataFolder,
    projectsFolder,
    startEngine: () => forkEngine(options.engineFile ?? SOURCE_ENGINE),
    roots: [projectsFolder, ...(open ? [path.dirname(open)] : []), ...(options.folders ?? [])],
    ...(options.uploadLimits && { uploadLimits: options.uploadLimits }),
  })
  const router = createRouter(services, {
    info: () => ({ host: 'server', version: VERSION, platform: process.platform, projectsFolder, dialogs: false, open }),
    pick: () => Promise.resolve(null),
  })
  let access: Access | null = null
  const current = (): Access => {
    if (!access) throw new LatheError('internal', 'server: asked before it listened')
    return access
  }
  const media = createMedia({ services, pageFolder: options.pageFolder ?? SOURCE_PAGE })
  const server = createAdaptorServer({ fetch: (request: Request) => guarded(request, current(), media), hostname: LOOPBACK }) as Server
  const endSockets = attachSockets(server, router, current)
  try {
    await listen(server, options.port ?? 0)
  } catch (error) {
    await services.close()
    throw error
  }
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  access = new Access(port)
  return {
    url: `http://${LOOPBACK}:${port}/?token=${access.token}`,
    port,
    token: access.token,
    services,
    close: async () => {
      endSockets()
      await new Promise<void>((resolve) => {
        server.close(() => { resolve() })
        server.closeAllConnections()
      })
      await services.close()
    },
  }
}

async function guarded(request: Request, access: Access, next: (request: Request) => Promise<Response>): Promise<Response> {
  const url = new URL(request.url)
  const asked = { method: request.method, url, header: (name: string) => request.headers.get(name) ?? undefined }
  const refusal = access.refusal(asked)
  if (refusal) return new Response(refusal.reason, { status: refusal.status, headers: SAFE_HEADERS })
  if (!access.byAddress(asked)) return next(request)
  // A typed or opened address: the cookie takes over and the token leaves the address bar. A link from another page keeps it, since a strict cookie would not follow the redirect.
  if (request.method === 'GET' && url.pathname === '/' && request.headers.get('sec-fetch-site') === 'none') {
    return new Response(null, { status: 302, headers: { ...SAFE_HEADERS, location: '/', 'set-cookie': access.setCookie(), 'cache-control': 'no-store' } })
  }
  const response = await next(request)
  response.headers.append('set-cookie', access.setCookie())
  return response
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? new LatheError('conflict', `port ${port}: expected a free port, found it ${error.code === 'EACCES' ? 'reserved' : 'in use'}; choose another with --port, or 0 for any`, { port }) : error)
    })
    server.listen(port, LOOPBACK, resolve)
  })
}
