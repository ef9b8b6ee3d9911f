// Projects: recent, new, open, built-in samples, integrity.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { ProjectInfo } from '../../../db/contract/records.ts'
import type { SamplePreview } from '../../../engine/contract/drawn.ts'
import { taskId } from '../../../engine/contract/recipe.ts'
import { projectRef, typed } from './typed.ts'

export interface RecentProject {
  readonly path: string
  readonly name: string
  readonly task: string
  readonly samples: number
  readonly openedAt: number
  /** False when the file is gone. */
  readonly exists: boolean
  /** A few sample ids for the thumbnail strip (served while the project is open or readable). */
  readonly thumbnails: readonly number[]
}

const path = z.string().min(1).max(4096)
export const projects = {
  recent: oc.output(typed<readonly RecentProject[]>()),
  forget: oc.input(z.object({ path })).output(typed<{ readonly ok: true }>()),
  create: oc.input(z.object({ path, task: taskId, name: z.string().min(1).max(200).optional() })).output(typed<ProjectInfo>()),
  /** New project from a built-in sample; `path` null picks a free name in the projects folder. */
  fromSample: oc.input(z.object({ id: z.string(), path: path.nullable(), task: z.string().nullable().default(null) })).output(typed<ProjectInfo>()),
  /** A few samples of a built-in data set, for its card. */
  samplePreview: oc.input(z.object({ id: z.string().max(100) })).output(typed<SamplePreview>()),
  open: oc.input(z.object({ path })).output(typed<ProjectInfo>()),
  info: oc.input(projectRef).output(typed<ProjectInfo>()),
  close: oc.input(projectRef).output(typed<{ readonly ok: true }>()),
  check: oc.input(z.object({ path })).output(typed<{ readonly ok: boolean; readonly problems: readonly string[] }>()),
}
