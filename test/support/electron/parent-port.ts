// Loaded before the engine: `process.parentPort` over the fork's channel.
import { EventEmitter } from 'node:events'

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void { process.send?.(message) }
}
const port = new ParentPort()
process.on('message', (data) => port.emit('message', { data, ports: [] }))
process.on('disconnect', () => port.emit('close'))
Object.defineProperty(process, 'parentPort', { value: port })
