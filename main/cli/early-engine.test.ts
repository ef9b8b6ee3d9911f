// The engine's process before it is asked for: for which command lines, used once, ended where nobody comes.
import { expect, test } from 'vitest'
import type { EngineChild } from '../services/engine-child.ts'
import { earlyEngine } from './early-engine.ts'

interface Started {
  readonly loads: readonly string[]
  killed: boolean
}

function forks(): { readonly started: Started[]; readonly fork: (entry: string, loads: readonly string[]) => EngineChild } {
  const started: Started[] = []
  return {
    started,
    fork: (_entry, loads) => {
      const own: Started = { loads, killed: false }
      started.push(own)
      return { pid: started.length, send: () => undefined, onMessage: () => undefined, onExit: () => undefined, kill: () => { own.killed = true }, lastOutput: () => '' }
    },
  }
}

test('starts at once for a command that needs it, and says what to load; a second one is new', () => {
  const { started, fork } = forks()
  const engine = earlyEngine(['train', 'x.lathe', '--epochs', '2'], fork)
  expect(started).toEqual([{ loads: ['recipe', 'catalog', 'summarize', 'freeze', 'train'], killed: false }])
  expect([engine?.start().pid, engine?.start().pid]).toEqual([1, 2])
  expect(started[1]).toEqual({ loads: [], killed: false })
  engine?.end()
  expect(started.map((one) => one.killed)).toEqual([false, false])
})

test('is ended where the command did not come for it', () => {
  const { started, fork } = forks()
  earlyEngine(['--json', 'eval', 'x.lathe'], fork)?.end()
  expect(started).toEqual([{ loads: ['evaluate'], killed: true }])
})

test.each([[['runs', 'x.lathe']], [['train', '--help']], [['train']], [['sample']], [['nonsense', 'x']], [[]]])('starts nothing for %j', (argv) => {
  const { started, fork } = forks()
  expect(earlyEngine(argv, fork)).toBeNull()
  expect(started).toEqual([])
})
