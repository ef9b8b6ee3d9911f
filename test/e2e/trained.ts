// A project of the built-in digits with a short run, made by the services so that specs start where they test.
import { expect, type Page } from '@playwright/test'
import type { ProjectInfo, RunRecord } from '../../db/contract/records.ts'
import type { TrainConfig } from '../../engine/contract/recipe.ts'
import type { RunningServer } from '../../main/server/server.ts'

export interface Trained {
  readonly project: ProjectInfo
  readonly run: RunRecord
}

export async function digitsProject(host: RunningServer): Promise<ProjectInfo> {
  return host.services.projects.fromSample({ id: 'digits', path: null, task: null })
}

/** Resolves when the run has ended. */
export async function train(host: RunningServer, project: string, change: Partial<TrainConfig> = {}, model: string | null = null): Promise<RunRecord> {
  const recipe = await host.services.runs.recipe({ project, model })
  const run = await host.services.runs.start({ project, config: { ...recipe, epochs: 3, ...change }, name: undefined, from: undefined })
  return host.services.runs.finished(project, run.id)
}

export async function trained(host: RunningServer, change: Partial<TrainConfig> = {}, model: string | null = null): Promise<Trained> {
  const project = await digitsProject(host)
  return { project, run: await train(host, project.path, change, model) }
}

/** Opens a place of the project by its address. */
export async function openPlace(page: Page, host: RunningServer, place: string, project: string, query: Readonly<Record<string, string>> = {}): Promise<void> {
  await page.goto(`${new URL(host.url).origin}/#/p/${place}?${new URLSearchParams({ project, ...query }).toString()}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`^${place}$`, 'i'))
}
