// The wire to the main process: a MessagePort from the preload in Electron, a WebSocket in a browser.
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ClientContext, ClientLink } from '@orpc/client'
import { HAVE_PORT, WANT_PORT, type LatheHost } from '../../main/api/contract/host.ts'
import { serializers } from '../../main/api/contract/serializers.ts'
import { AppError } from './errors.ts'

export interface Wire {
  readonly link: ClientLink<ClientContext>
  /** Resolves when the wire is gone; never for a MessagePort, which lives as long as the page. */
  readonly closed: Promise<void>
  alive(): boolean
}

declare global {
  interface Window {
    readonly lathe?: LatheHost
  }
}

const PORT_TIMEOUT = 10_000

/** The token of the address; mostly the host has moved it into a cookie, then it is empty. */
const pageToken = (): string => new URLSearchParams(location.search).get('token') ?? ''

export function openWire(): Promise<Wire> {
  return window.lathe ? openPort() : openSocket()
}

function openPort(): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      window.removeEventListener('message', receive)
      reject(new AppError('disconnected', 'the main process gave no port within 10 s; restart Lathe'))
    }, PORT_TIMEOUT)
    const receive = (event: MessageEvent): void => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== HAVE_PORT || !port) return
      clearTimeout(timer)
      window.removeEventListener('message', receive)
      const link = new PortLink({ port, customJsonSerializers: serializers })
      port.start()
      resolve({ link, closed: new Promise(() => undefined), alive: () => true })
    }
    window.addEventListener('message', receive)
    window.postMessage(WANT_PORT, location.origin === 'null' ? '*' : location.origin)
  })
}

function openSocket(): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const token = pageToken()
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const socket = new WebSocket(`${scheme}://${location.host}/rpc${token ? `?token=${encodeURIComponent(token)}` : ''}`)
    const link = new SocketLink({ websocket: socket, customJsonSerializers: serializers })
    const closed = new Promise<void>((done) => { socket.addEventListener('close', () => { done() }, { once: true }) })
    socket.addEventListener('open', () => { resolve({ link, closed, alive: () => socket.readyState === WebSocket.OPEN }) }, { once: true })
    void closed.then(() => { reject(new AppError('disconnected', `no answer from Lathe at ${location.host}; is it still running?`)) })
  })
}
