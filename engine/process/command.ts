// Command: what each file of this folder exports: the schema of its arguments and the work itself.
import type { z } from 'zod'
import type { CommandName, Commands } from '../contract/commands.ts'

/** What the parent asked of a command that is under way. */
interface Control {
  readonly requested: 'cancel' | 'pause' | 'stop' | null
}
export interface CommandContext<C extends CommandName> {
  readonly emit: (event: Commands[C]['event']) => void
  /** Aborted by cancel. */
  readonly signal: AbortSignal
  readonly control: Control
}
export interface Command<C extends CommandName> {
  readonly args: z.ZodType<Commands[C]['args']>
  run(args: Commands[C]['args'], context: CommandContext<C>): Promise<Commands[C]['result']>
}
