// The engine link against a child of the test: order, errors, cancel, crash and restart, no leak.
import { expect, test } from 'vitest'
import { FakeChild } from '../../test/support/fake-engine.ts'
import type { EngineStatus } from '../api/contract/events.ts'
import { EngineLink } from './engine-link.ts'

function setUp(): { readonly link: EngineLink; readonly children: FakeChild[]; readonly states: EngineStatus['state'][]; readonly child: () => FakeChild } {
  const children: FakeChild[] = []
  const states: EngineStatus['state'][] = []
  const link = new EngineLink(
    () => {
      const child = new FakeChild(children.length + 1)
      children.push(child)
      return child
    },
    (status) => { if (states.at(-1) !== status.state) states.push(status.state) },
  )
  return { link, children, states, child: () => children.at(-1) ?? expect.fail('no child') }
}

test('starts on the first call, sends when ready, and passes events and the result on', async () => {
  const { link, children, states, child } = setUp()
  expect(children).toHaveLength(0)
  const events: unknown[] = []
  const result = link.call('inspect', { path: 'a.onnx' }, { onEvent: (event) => events.push(event) })
  expect(child().sent).toEqual([])
  child().ready()
  await Promise.resolve()
  expect(child().sent).toEqual([{ type: 'call', id: 1, command: 'inspect', args: { path: 'a.onnx' } }])
  child().message({ type: 'event', id: 1, event: { done: 1 } })
  child().message({ type: 'result', id: 1, result: { nodes: 3 } })
  expect(await result).toEqual({ nodes: 3 })
  expect(events).toEqual([{ done: 1 }])
  expect(states).toEqual(['starting', 'busy', 'idle'])
  expect(link.status).toMatchObject({ pid: 1, threads: 2 })
  expect(children).toHaveLength(1)
})

test('a crash rejects every pending call with its cause, and the next call starts a new process', async () => {
  const { link, children, child } = setUp()
  const calls = [link.call('inspect', { path: 'a' }), link.call('inspect', { path: 'b' })]
  child().ready()
  await Promise.resolve()
  child().exit(null, 'SIGKILL')
  for (const call of calls) await expect(call).rejects.toMatchObject({ kind: 'engine', message: expect.stringContaining('SIGKILL') as string, details: { output: 'last words' } })
  expect(link.status).toMatchObject({ state: 'crashed', pid: null })
  expect(link.pending).toBe(0)
  const next = link.call('inspect', { path: 'c' })
  expect(children).toHaveLength(2)
  child().ready()
  await Promise.resolve()
  child().message({ type: 'error', id: 3, error: { kind: 'not-found', message: 'c is not there' } })
  await expect(next).rejects.toMatchObject({ kind: 'not-found' })
})

test('a process that never becomes ready rejects the call', async () => {
  const { link, child } = setUp()
  const call = link.call('inspect', { path: 'a' })
  child().exit(1, null)
  await expect(call).rejects.toMatchObject({ kind: 'engine', message: expect.stringContaining('exit code 1') as string })
})

test('an abort asks the engine to cancel and waits for its answer; an aborted signal never starts', async () => {
  const { link, children, child } = setUp()
  await expect(link.call('inspect', { path: 'a' }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'cancelled' })
  expect(children).toHaveLength(0)
  const abort = new AbortController()
  const call = link.call('inspect', { path: 'a' }, { signal: abort.signal })
  child().ready()
  await Promise.resolve()
  abort.abort()
  await expect.poll(() => child().sent.at(-1)).toMatchObject({ type: 'control', action: 'cancel' })
  expect(link.pending).toBe(1)
  child().message({ type: 'error', id: 2, error: { kind: 'cancelled', message: 'cancelled' } })
  await expect(call).rejects.toMatchObject({ kind: 'cancelled' })
})

test('dispose ends the process in good order, and later calls are refused', async () => {
  const { link, child } = setUp()
  const status = link.ensure()
  child().ready()
  await status
  await link.dispose()
  expect(child().killed).toEqual(['SIGTERM'])
  await expect(link.call('inspect', { path: 'a' })).rejects.toMatchObject({ kind: 'engine' })
})
