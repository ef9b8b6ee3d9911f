// loadSet: samples of a dataset version → the data set that the run's task makes of them.
import type { DatasetVersion, ManifestEntry } from '../../db/contract/records.ts'
import type { Project } from '../../db/project.ts'
import type { Progress } from '../contract/commands.ts'
import type { SampleId } from '../contract/ids.ts'
import type { Split, TrainConfig } from '../contract/recipe.ts'
import type { DataSet, LoadSample } from '../data/types.ts'
import { task } from '../tasks/index.ts'
import type { LoadRequest } from '../tasks/task.ts'
import { readSample } from './read-sample.ts'

export interface LoadSetOptions {
  readonly config: TrainConfig
  readonly version: DatasetVersion
  readonly purpose: LoadRequest['purpose']
  readonly signal: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

const sampleOf = ({ sample, label, target, split }: ManifestEntry): LoadSample => ({ id: sample, class: label, label: target, split })

/** Those of the manifest that `chosen` names; tasks may look at the others too. */
export async function loadSet(project: Project, manifest: readonly ManifestEntry[], chosen: Split | ((entry: ManifestEntry) => boolean), { config, version, purpose, signal, onProgress }: LoadSetOptions): Promise<DataSet> {
  const wanted = typeof chosen === 'function' ? chosen : (entry: ManifestEntry): boolean => entry.split === chosen
  return await task(config.task).load({
    samples: manifest.filter(wanted).map(sampleOf),
    others: manifest.filter((entry) => !wanted(entry)).map(sampleOf),
    read: (id) => readSample(project, id as SampleId),
    config,
    classes: version.classes.map((entry) => entry.name),
    purpose,
    signal,
    ...(onProgress && { onProgress }),
  })
}
