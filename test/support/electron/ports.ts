// Stand-in of MessageChannelMain over worker_threads' ports, and how messages travel to a page and back as JSON.
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** As Electron's: `message` carries `{ data, ports }`, and nothing comes before `start`. */
export class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort
  #started = false

  constructor(port: MessagePort) {
    super()
    this.#port = port
    port.on('close', () => this.emit('close'))
  }

  start(): void {
    if (this.#started) return
    this.#started = true
    this.#port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  postMessage(message: unknown): void { this.#port.postMessage(message) }
  close(): void { this.#port.close() }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const channel = new MessageChannel()
    this.port1 = new MessagePortMain(channel.port1)
    this.port2 = new MessagePortMain(channel.port2)
  }
}

/** Text as it is, bytes as base64, anything else as JSON. */
export type Wire = { readonly text: string } | { readonly bytes: string } | { readonly json: unknown }

export function toWire(data: unknown): Wire {
  if (typeof data === 'string') return { text: data }
  if (data instanceof ArrayBuffer) return { bytes: Buffer.from(data).toString('base64') }
  if (ArrayBuffer.isView(data)) return { bytes: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64') }
  return { json: data }
}

export function fromWire(wire: Wire): unknown {
  if ('text' in wire) return wire.text
  return 'bytes' in wire ? new Uint8Array(Buffer.from(wire.bytes, 'base64')) : wire.json
}
