// The stand-in inside the page: gives the preload its `electron`, and hands ports and messages over. Sent as source, so it names nothing from outside.
import type { Wire } from './ports.ts'

type Listener = (event: { readonly ports: readonly MessagePort[] }, ...args: unknown[]) => void
export interface PageSide {
  /** Messages for ports of the page, in order. */
  deliver(messages: readonly (readonly [number, Wire])[]): void
  /** A message on `channel` of ipcRenderer, with the page's ends of the ports `ids`. */
  ipc(channel: string, args: readonly unknown[], ids: readonly number[]): void
}
export interface StandInWindow {
  standIn?: PageSide
  standInSend(channel: string, args: readonly unknown[]): void
  standInPort(id: number, wire: Wire): Promise<void>
}

export function pageSide(preload: (require: (name: string) => unknown, process: object, module: { exports: object }, exports: object) => void): void {
  const own = window as unknown as Window & StandInWindow
  if (own.standIn || window !== window.top) return
  const ports = new Map<number, MessagePort>()
  const listeners = new Map<string, Set<Listener>>()
  const toBase64 = (blob: Blob): Promise<string> =>
    new Promise((resolve) => {
      const reader = new FileReader()
      reader.onload = () => { resolve((reader.result as string).split(',')[1] ?? '') }
      reader.readAsDataURL(blob)
    })
  const toWire = async (data: unknown): Promise<Wire> => {
    if (typeof data === 'string') return { text: data }
    if (data instanceof Blob) return { bytes: await toBase64(data) }
    if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return { bytes: await toBase64(new Blob([data as BlobPart])) }
    return { json: data }
  }
  const fromWire = (wire: Wire): unknown => {
    if ('text' in wire) return wire.text
    return 'bytes' in wire ? Uint8Array.from(atob(wire.bytes), (c) => c.charCodeAt(0)) : wire.json
  }
  const open = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel()
    let last = Promise.resolve()
    port1.onmessage = ({ data }) => {
      last = last.then(async () => { await own.standInPort(id, await toWire(data)) })
    }
    ports.set(id, port1)
    return port2
  }
  own.standIn = {
    deliver: (messages) => { for (const [id, wire] of messages) ports.get(id)?.postMessage(fromWire(wire)) },
    ipc: (channel, args, ids) => {
      const event = { ports: ids.map(open) }
      for (const listener of listeners.get(channel) ?? []) listener(event, ...args)
    },
  }
  const ipcRenderer = {
    send: (channel: string, ...args: unknown[]) => { own.standInSend(channel, args) },
    on: (channel: string, listener: Listener) => { listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener)) },
    removeListener: (channel: string, listener: Listener) => { listeners.get(channel)?.delete(listener) },
  }
  const contextBridge = { exposeInMainWorld: (key: string, value: object) => Object.defineProperty(window, key, { value: Object.freeze(value) }) }
  const webUtils = { getPathForFile: () => '' }
  const require = (name: string): unknown => {
    if (name === 'electron') return { ipcRenderer, contextBridge, webUtils }
    throw new Error(`a sandboxed preload cannot require '${name}'`)
  }
  const module = { exports: {} }
  preload(require, { platform: 'linux', versions: {}, env: {} }, module, module.exports)
}
