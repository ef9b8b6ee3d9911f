// What every service shares.
import type { Commands } from '../../engine/contract/commands.ts'
import type { EngineLink } from './engine-link.ts'
import type { EventBus } from './events.ts'
import type { Jobs } from './jobs.ts'
import type { OpenProjects } from './open-projects.ts'
import type { PathGuard } from './paths.ts'
import type { Uploads } from './uploads.ts'

export interface Context {
  readonly events: EventBus
  readonly engine: EngineLink
  readonly jobs: Jobs
  readonly open: OpenProjects
  readonly paths: PathGuard
  readonly uploads: Uploads
  /** File in which the engine keeps what it measured of this machine. */
  readonly tuningFile: string
  /** What the engine offers, asked once. */
  catalog(): Promise<Commands['catalog']['result']>
}

type Changed = 'samples' | 'labels' | 'classes' | 'runs' | 'evaluations' | 'explanations' | 'exports' | 'baselines'

/** Events name a project as its ProjectInfo does, however the caller wrote its path. */
export function tellChanged(context: Context, project: string, ...what: Changed[]): void {
  const { path = project } = context.open.find(project) ?? {}
  for (const one of what) context.events.emit({ type: 'changed', project: path, what: one })
}
