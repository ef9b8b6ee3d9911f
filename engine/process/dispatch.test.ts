// The dispatcher: checked arguments, typed errors, control and an orderly end.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { FromEngine } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { Command } from './command.ts'
import { Dispatcher } from './dispatch.ts'

function setUp(): { readonly dispatcher: Dispatcher; readonly sent: FromEngine[] } {
  const sent: FromEngine[] = []
  const inspect: Command<'inspect'> = {
    args: z.object({ path: z.string() }),
    run: ({ path }) => Promise.reject(path === 'bug' ? new TypeError('a bug') : new LatheError('not-found', `${path} is not there`, { path })),
  }
  const train: Command<'train'> = {
    args: z.object({ project: z.string(), run: z.number() }) as unknown as Command<'train'>['args'],
    run: async ({ run }, { control, signal, emit }) => {
      emit({ type: 'started', run, parameters: 1, resumedAtStep: 0 })
      while (control.requested === null) await sleep(1)
      signal.throwIfAborted()
      return { run, status: control.requested === 'pause' ? 'paused' : 'stopped', epochs: 0, steps: 0, seconds: 0, metrics: {}, weightsHash: '' }
    },
  }
  const importing: Command<'import'> = {
    args: z.object({}) as unknown as Command<'import'>['args'],
    run: async (_args, { signal }) => {
      await sleep(60_000, undefined, { signal })
      return expect.fail('not cancelled')
    },
  }
  const registry = { import: () => Promise.resolve(importing), inspect: () => Promise.resolve(inspect), train: () => Promise.resolve(train) }
  const port = { send: (message: FromEngine) => { sent.push(message) }, flush: () => Promise.resolve(), onMessage: () => undefined, onClose: () => undefined }
  return { sent, dispatcher: new Dispatcher(port, registry) }
}

test('errors come back typed: unknown command, wrong arguments, a LatheError, a bug', async () => {
  const { dispatcher, sent } = setUp()
  dispatcher.receive({ type: 'call', id: 1, command: 'toString', args: {} })
  dispatcher.receive({ type: 'call', id: 2, command: 'inspect', args: { path: 3 } })
  dispatcher.receive({ type: 'call', id: 3, command: 'inspect', args: { path: 'x' } })
  dispatcher.receive({ type: 'call', id: 4, command: 'inspect', args: { path: 'bug' } })
  await expect.poll(() => sent.length).toBe(4)
  const errors = new Map(sent.map((message) => [message.type === 'error' ? message.id : 0, message.type === 'error' ? message.error : null]))
  expect(errors.get(1)).toMatchObject({ kind: 'usage', message: expect.stringContaining('import, inspect, train') as string })
  expect(errors.get(2)).toMatchObject({ kind: 'usage', message: expect.stringContaining('path') as string })
  expect(errors.get(3)).toEqual({ kind: 'not-found', message: 'x is not there', details: { path: 'x' } })
  expect(errors.get(4)).toEqual({ kind: 'internal', message: 'a bug' })
})

test('stop and cancel reach the call they name, and drain pauses the rest', async () => {
  const { dispatcher, sent } = setUp()
  for (const id of [1, 2, 3]) dispatcher.receive({ type: 'call', id, command: 'train', args: { project: 'p', run: id } })
  dispatcher.receive({ type: 'control', id: 1, action: 'stop' })
  dispatcher.receive({ type: 'control', id: 2, action: 'cancel' })
  dispatcher.receive({ type: 'control', id: 99, action: 'stop' })
  await dispatcher.drain()
  const ended = sent.filter((message) => message.type === 'result' || message.type === 'error')
  expect(ended.find((m) => m.type === 'result' && m.id === 1)).toMatchObject({ result: { status: 'stopped' } })
  expect(ended.find((m) => m.type === 'error' && m.id === 2)).toMatchObject({ error: { kind: 'cancelled' } })
  expect(ended.find((m) => m.type === 'result' && m.id === 3)).toMatchObject({ result: { status: 'paused' } })
  expect(sent[0]).toMatchObject({ type: 'event', id: 1, event: { type: 'started' } })
})

test('drain cancels what is no training', async () => {
  const { dispatcher, sent } = setUp()
  dispatcher.receive({ type: 'call', id: 1, command: 'import', args: {} })
  dispatcher.receive({ type: 'call', id: 2, command: 'train', args: { project: 'p', run: 2 } })
  await dispatcher.drain()
  const ended = sent.filter((message) => message.type === 'result' || message.type === 'error')
  expect(ended.find((m) => m.id === 1)).toMatchObject({ type: 'error', error: { kind: 'cancelled' } })
  expect(ended.find((m) => m.id === 2)).toMatchObject({ type: 'result', result: { status: 'paused' } })
})

test('drain with nothing under way is at once', async () => {
  await expect(setUp().dispatcher.drain()).resolves.toBeUndefined()
})
