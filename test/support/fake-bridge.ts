// A bridge made by hand for component tests: procedures as plain functions, events sent by the test.
import { ref } from 'vue'
import { provideBridge, type Rpc } from '../../renderer/bridge/client.ts'
import { createEventStream, type EventStream } from '../../renderer/bridge/events.ts'
import { asAppError } from '../../renderer/bridge/errors.ts'

type Procedure = (input: never) => unknown
export type Procedures = Readonly<Record<string, Readonly<Record<string, Procedure>>>>
export interface FakeBridge {
  readonly events: EventStream
  /** Calls so far, as `feature.procedure`. */
  readonly calls: string[]
}

/** Whatever is not in `procedures` rejects, so that a test sees calls it did not expect. */
export function fakeBridge(procedures: Procedures): FakeBridge {
  const calls: string[] = []
  const events = createEventStream()
  const call = async (path: readonly string[], input: unknown): Promise<unknown> => {
    const [feature = '', name = ''] = path
    calls.push(`${feature}.${name}`)
    const procedure = procedures[feature]?.[name]
    try {
      if (!procedure) throw new Error(`${feature}.${name} is not in this test`)
      return await procedure(input as never)
    } catch (error) {
      throw asAppError(error)
    }
  }
  const feature = (first: string): unknown => new Proxy({}, { get: (_, name) => (input: unknown) => call([first, String(name)], input) })
  const rpc = new Proxy({}, { get: (_, first) => feature(String(first)) }) as Rpc
  provideBridge({ rpc, connection: { state: ref('open' as const), call, onOpen: (listener) => { listener(true) }, retry: () => undefined }, events })
  return { events, calls }
}
