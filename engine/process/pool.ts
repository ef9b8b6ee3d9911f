// unlabelledPool(): the samples of a project that nobody has labelled, as a trained run of it sees them.
import type { Project } from '../../db/project.ts'
import type { SampleRow } from '../../db/contract/records.ts'
import type { Pool } from '../active/pool.ts'
import type { Progress } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { SampleId } from '../contract/ids.ts'
import type { LoadSample } from '../data/types.ts'
import { readSample } from './read-sample.ts'
import type { Trained } from './trained.ts'

const bare = (id: number): LoadSample => ({ id, class: -1, label: null })

/** @throws LatheError `data` where every sample has a label. */
export function unlabelledPool(project: Project, { run, version, state }: Trained, signal: AbortSignal, onProgress: (progress: Progress) => void): Pool {
  const ids = project.samples.ids({ labelled: false })
  if (ids.length === 0) throw new LatheError('data', `${project.path}: every sample has a label; import more, or clear some labels`)
  return { config: run.config, classes: version.classes.map((entry) => entry.name), weights: state.weights, samples: ids.map(bare), read: (id) => readSample(project, id as SampleId), signal, onProgress }
}

/** What the run was trained on, without its labels. */
export function knownTo(project: Project, { version }: Trained): LoadSample[] {
  return project.datasets.manifest(version.id).filter((entry) => entry.split === 'train').map(({ sample }) => bare(sample))
}

/** Names by id. */
export function namesOf(project: Project, ids: readonly number[]): Map<number, string> {
  return new Map(project.samples.many(ids as SampleId[]).map((row: SampleRow) => [row.id, row.name]))
}
