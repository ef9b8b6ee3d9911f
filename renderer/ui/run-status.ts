// How the state of a run is shown: word, icon, colour.
import type { RunStatus } from '../../engine/contract/events.ts'

export const RUN_STATUS = {
  queued: { label: 'queued', icon: 'i-lucide-hourglass', colour: 'text-muted' },
  running: { label: 'running', icon: 'i-lucide-play', colour: 'text-primary' },
  paused: { label: 'paused', icon: 'i-lucide-pause', colour: 'text-warning' },
  stopped: { label: 'stopped', icon: 'i-lucide-square', colour: 'text-muted' },
  finished: { label: 'finished', icon: 'i-lucide-circle-check', colour: 'text-success' },
  failed: { label: 'failed', icon: 'i-lucide-circle-x', colour: 'text-error' },
  crashed: { label: 'crashed', icon: 'i-lucide-zap', colour: 'text-error' },
} as const satisfies Record<RunStatus, { label: string; icon: string; colour: string }>
