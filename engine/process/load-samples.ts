// loadSamples: samples of a project → ImageSet at a model's input size.
import type { Project } from '../../db/project.ts'
import type { Progress } from '../contract/commands.ts'
import type { SampleId } from '../contract/ids.ts'
import type { ImageInput } from '../contract/recipe.ts'
import { loadImageSet } from '../data/load.ts'
import type { ImageSet } from '../data/types.ts'
import { readSample } from './read-sample.ts'
import { Resizer } from './resizer.ts'

export interface LoadSamplesOptions {
  readonly input: ImageInput
  readonly signal: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/** `label`: class index; -1 where not labelled. */
export async function loadSamples(project: Project, entries: readonly { readonly sample: SampleId; readonly label: number }[], { input, signal, onProgress }: LoadSamplesOptions): Promise<ImageSet> {
  await using resizer = new Resizer(input)
  return await loadImageSet({
    entries: entries.map(({ sample, label }) => ({ id: sample, label })),
    read: (id) => readSample(project, id as SampleId),
    input,
    resize: resizer.resize,
    signal,
    ...(onProgress && { onProgress }),
  })
}
