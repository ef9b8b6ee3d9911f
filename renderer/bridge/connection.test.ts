// Connection: calls wait for the wire, survive a reconnect, and say plainly when it broke under them.
import { expect, test, vi } from 'vitest'
import { createConnection } from './connection.ts'
import { AppError } from './errors.ts'
import type { Wire } from './transport.ts'

function wire(answer: () => Promise<unknown>): Wire & { cut: () => void } {
  let alive = true
  let close: () => void = () => undefined
  const closed = new Promise<void>((resolve) => { close = resolve })
  return { link: { call: answer }, closed, alive: () => alive, cut: () => { alive = false; close() } }
}
const options = { context: {} }
const kindOf = async (promise: Promise<unknown>): Promise<string> => promise.then(() => 'ok', (error: unknown) => (error instanceof AppError ? error.kind : 'other'))

test('a call made before the wire is there waits for it', async () => {
  const connection = createConnection(() => Promise.resolve(wire(() => Promise.resolve(7))))
  expect(connection.state.value).toBe('connecting')
  expect(await connection.call(['x'], null, options)).toBe(7)
  expect(connection.state.value).toBe('open')
})
test('without a wire a call gives up after its patience, then works once there is one', async () => {
  vi.useFakeTimers()
  let up = false
  const connection = createConnection(() => (up ? Promise.resolve(wire(() => Promise.resolve('back'))) : Promise.reject(new Error('down'))), 1_000)
  const kind = kindOf(connection.call(['x'], null, options))
  await vi.advanceTimersByTimeAsync(1_100)
  expect(await kind).toBe('disconnected')
  expect(connection.state.value).toBe('lost')
  up = true
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await connection.call(['x'], null, options)).toBe('back')
  vi.useRealTimers()
})
test('a wire that breaks under a call is told as such, and listeners hear of the next one', async () => {
  const wires: ReturnType<typeof wire>[] = []
  const opened: boolean[] = []
  const connection = createConnection(() => {
    const next = wire(() => new Promise((_, reject) => { void next.closed.then(() => { reject(new Error('closed')) }) }))
    wires.push(next)
    return Promise.resolve(next)
  })
  connection.onOpen((first) => opened.push(first))
  const kind = kindOf(connection.call(['x'], null, options))
  await vi.waitFor(() => { expect(wires).toHaveLength(1) })
  wires[0]?.cut()
  expect(await kind).toBe('disconnected')
  await vi.waitFor(() => { expect(wires).toHaveLength(2) })
  await vi.waitFor(() => { expect(opened).toEqual([true, false]) })
})
test('an error of the main process arrives with its kind', async () => {
  const failure = Object.assign(new Error('x'), { data: { kind: 'locked', message: 'a.lathe: is open elsewhere' } })
  const connection = createConnection(() => Promise.resolve(wire(() => Promise.reject(failure))))
  await expect(connection.call(['x'], null, options)).rejects.toMatchObject({ kind: 'locked', message: 'a.lathe: is open elsewhere' })
})
