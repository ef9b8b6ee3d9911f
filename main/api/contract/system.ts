// System: what this host is, what the engine offers, the event stream, jobs.
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import type { Commands } from '../../../engine/contract/commands.ts'
import type { ExperimentResult } from '../../../engine/contract/experiments.ts'
import type { AppEvent, EngineStatus, Job } from './events.ts'
import { typed } from './typed.ts'

export interface HostInfo {
  readonly host: 'electron' | 'server'
  readonly version: string
  readonly platform: string
  /** Folder where new projects go unless told otherwise. */
  readonly projectsFolder: string
  /** True where native dialogs exist; otherwise files come by upload or typed path. */
  readonly dialogs: boolean
  /** Project given on the command line, to open at once. */
  readonly open: string | null
}

export const system = {
  info: oc.output(typed<HostInfo>()),
  catalog: oc.output(typed<Commands['catalog']['result']>()),
  /** A guided experiment; its progress is told as a job. */
  experiment: oc.input(z.object({ id: z.literal('vanishing-gradients'), seed: z.int().min(0).max(2 ** 32 - 1), epochs: z.int().min(1).max(200) })).output(typed<ExperimentResult>()),
  engine: oc.output(typed<EngineStatus>()),
  watch: oc.output(eventIterator(typed<AppEvent>())),
  jobs: oc.output(typed<readonly Job[]>()),
  cancelJob: oc.input(z.object({ id: z.int() })).output(typed<{ readonly ok: boolean }>()),
  restartEngine: oc.output(typed<EngineStatus>()),
  /** Native dialog; null when cancelled, or where this host has none. */
  pick: oc.input(z.object({ what: z.enum(['open-project', 'new-project', 'import-files', 'import-folder', 'export-onnx', 'export-csv']), suggest: z.string().max(255).optional() })).output(typed<readonly string[] | null>()),
}
