// The bridge: the only user of the RPC client in the window.
export { useConnection, useEventStream, useRpc, provideBridge, type Rpc } from './client.ts'
export { type Connection, type ConnectionState } from './connection.ts'
export { AppError, asAppError, errorText, type AppErrorKind } from './errors.ts'
export { createEventStream, type EventStream, type Listener, type WindowEvent } from './events.ts'
export { chosen, dropped, handOver, type Handover, type PickedFile } from './files.ts'
export { sampleUrl, thumbUrl } from './media.ts'
