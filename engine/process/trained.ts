// trained: a run with the weights of one of its checkpoints, as evaluation, prediction, explanation and export take it.
import type { CheckpointRecord, CheckpointState, DatasetVersion, RunRecord } from '../../db/contract/records.ts'
import type { Project } from '../../db/project.ts'
import { LatheError } from '../contract/errors.ts'
import type { RunId } from '../contract/ids.ts'

export interface Trained {
  readonly run: RunRecord
  readonly version: DatasetVersion
  readonly checkpoint: CheckpointRecord
  readonly state: CheckpointState
}

/** `best` falls back to `last` for a run that ended before its first best one. @throws LatheError conflict when nothing is saved yet. */
export function trained(project: Project, id: RunId, kind: 'best' | 'last'): Trained {
  const run = project.runs.get(id)
  const checkpoint = project.checkpoints.find(id, kind) ?? project.checkpoints.find(id, 'last')
  if (!checkpoint) throw new LatheError('conflict', `run ${id} (${run.name}) is ${run.status} and has no checkpoint yet: train it first`, { run: id, status: run.status })
  return { run, version: project.datasets.get(run.dataset), checkpoint, state: project.checkpoints.load(checkpoint.id) }
}
