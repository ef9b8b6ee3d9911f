// Sockets: oRPC over WebSocket on /rpc.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import { handlerOptions, type createRouter } from '../api/router.ts'
import type { Access } from './access.ts'

/** Largest message from a window: a selection of 100,000 samples fits many times over. */
const MAX_MESSAGE_BYTES = 16 * 2 ** 20
const TEXT = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' } as const

function refuse(socket: Duplex, status: keyof typeof TEXT): void {
  socket.end(`HTTP/1.1 ${status} ${TEXT[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** Returns the function that ends every connection. */
export function attachSockets(server: Server, router: ReturnType<typeof createRouter>, access: () => Access): () => void {
  const handler = new RPCHandler(router, handlerOptions)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => { socket.destroy() })
    const url = URL.parse(request.url ?? '/', 'http://127.0.0.1')
    const header = (name: string): string | undefined => {
      const value = request.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    }
    const refusal = url && access().refusal({ method: request.method ?? 'GET', url, header }, true)
    if (!url || url.pathname !== '/rpc') refuse(socket, 404)
    else if (refusal) refuse(socket, refusal.status)
    else {
      sockets.handleUpgrade(request, socket, head, (connection) => {
        connection.on('error', () => { connection.terminate() })
        void handler.upgrade(connection)
      })
    }
  })
  return () => {
    for (const connection of sockets.clients) connection.terminate()
    sockets.close()
  }
}
