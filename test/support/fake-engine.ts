// FakeChild: an engine process that says what a test lets it say.
import type { ToEngine } from '../../engine/contract/commands.ts'
import type { EngineChild } from '../../main/services/engine-child.ts'

export class FakeChild implements EngineChild {
  readonly pid: number
  readonly sent: ToEngine[] = []
  readonly killed: string[] = []
  message: (message: unknown) => void = () => undefined
  exit: (code: number | null, signal: string | null) => void = () => undefined

  constructor(pid: number) {
    this.pid = pid
  }

  send(message: ToEngine): void { this.sent.push(message) }
  onMessage(listener: (message: unknown) => void): void { this.message = listener }
  onExit(listener: (code: number | null, signal: string | null) => void): void { this.exit = listener }
  lastOutput(): string { return 'last words' }
  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.killed.push(signal)
    queueMicrotask(() => { this.exit(null, signal) })
  }
  ready(): void { this.message({ type: 'ready', versions: { node: '24' }, threads: 2 }) }
}
