// The window's door to the main process: `rpc`, the connection's state and the event stream.
import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../main/api/contract/index.ts'
import { createConnection, type Connection } from './connection.ts'
import { createEventStream, type EventStream } from './events.ts'
import { openWire } from './transport.ts'

export type Rpc = ContractRouterClient<typeof contract>

interface Bridge {
  readonly rpc: Rpc
  readonly connection: Connection
  readonly events: EventStream
}
let bridge: Bridge | null = null

/** Opened on first use, kept for the life of the page. */
function get(): Bridge {
  if (bridge) return bridge
  const connection = createConnection(openWire)
  const rpc: Rpc = createORPCClient<Rpc>(connection)
  const events = createEventStream()
  connection.onOpen((first) => {
    if (!first) events.emit({ type: 'reconnected' })
    // The end of the stream is the end of the wire, which the connection handles.
    void rpc.system.watch().then((source) => events.follow(source)).catch(() => undefined)
  })
  bridge = { rpc, connection, events }
  return bridge
}

/** Every call rejects with an `AppError`. */
export const useRpc = (): Rpc => get().rpc
export const useConnection = (): Connection => get().connection
export const useEventStream = (): EventStream => get().events

/** For component tests: a client given by hand instead of a wire. */
export function provideBridge(given: { readonly rpc: Rpc; readonly connection: Connection; readonly events: EventStream } | null): void {
  bridge = given
}
