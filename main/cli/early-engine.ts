// Early engine: for a command that needs it, the engine's process starts first and loads what it will do while the command line loads itself.
import type { CommandName as EngineCommand } from '../../engine/contract/commands.ts'
import { engineEntry } from '../paths.ts'
import { forkEngine, type EngineChild } from '../services/engine-child.ts'
import type { CommandName } from './commands/index.ts'

/** What each command asks of the engine when nothing goes wrong. */
const ASKS: Partial<Record<CommandName, readonly EngineCommand[]>> = {
  train: ['recipe', 'catalog', 'summarize', 'freeze', 'train'],
  eval: ['evaluate'],
  predict: ['predict'],
  explain: ['explain'],
  export: ['export'],
  baseline: ['freeze', 'baseline'],
  import: ['import'],
  sample: ['sample'],
  split: ['split'],
  queue: ['queue'],
  suggest: ['suggest'],
  experiment: ['experiment'],
  inspect: ['inspect'],
}

export interface EarlyEngine {
  /** The process that was started; a new one from the second time on. */
  start(): EngineChild
  /** Ends a process that nobody came for. */
  end(): void
}

/** Null for a command line that may do without. */
export function earlyEngine(argv: readonly string[], fork: (entry: string, loads: readonly EngineCommand[]) => EngineChild = forkEngine): EarlyEngine | null {
  const [name, ...words] = argv.filter((word) => !word.startsWith('-'))
  const asks = ASKS[name as CommandName]
  if (!asks || words.length === 0 || argv.some((word) => word === '--help' || word === '-h')) return null
  let waiting: EngineChild | null = fork(engineEntry, asks)
  return {
    start: () => {
      const child = waiting ?? fork(engineEntry, [])
      waiting = null
      return child
    },
    end: () => { waiting?.kill('SIGKILL') },
  }
}
