// What can be done with a run in its state.
import type { RunStatus } from '../../../engine/contract/events.ts'

export type RunAction = 'pause' | 'stop' | 'resume' | 'extend'
const ACTIONS = {
  queued: ['pause', 'stop'],
  running: ['pause', 'stop'],
  paused: ['resume', 'stop', 'extend'],
  stopped: ['resume', 'extend'],
  finished: ['extend'],
  failed: ['resume'],
  crashed: ['resume', 'stop'],
} as const satisfies Record<RunStatus, readonly RunAction[]>

export const actionsOf = (status: RunStatus): readonly RunAction[] => ACTIONS[status]
