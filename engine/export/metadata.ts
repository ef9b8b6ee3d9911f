// metadata_props of an exported file: all that a user of the file needs to know without the project.
import { membersOf, modelText } from '../contract/members.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { task } from '../tasks/index.ts'

export interface Provenance {
  readonly run: number
  readonly runName: string
  /** SHA-256 of the dataset version's manifest. */
  readonly dataset: string
  readonly weightsHash: string
  readonly metrics: Readonly<Record<string, number>>
  /** Of lathe and onnxruntime. */
  readonly versions: Readonly<Record<string, string>>
  /** Of the data, where it is known. */
  readonly licence: string | null
}

/** Keys are plain words; values that have structure are JSON. */
export function metadata(config: TrainConfig, classNames: readonly string[], from: Provenance): Record<string, string> {
  const { exported } = task(config.task)
  const members = membersOf(config)
  return {
    task: config.task,
    model: modelText(config),
    ...(members.length > 0 && { members: JSON.stringify(members.map(({ name, model, seed, snapshot, weightsHash }) => ({ name, model, seed, ...(snapshot !== null && { snapshot }), weights_hash: weightsHash }))) }),
    classes: JSON.stringify(classNames),
    input: JSON.stringify(exported.describe(config)),
    outputs: JSON.stringify(exported.outputs),
    ...exported.metadata?.(config),
    run: String(from.run),
    run_name: from.runName,
    dataset: from.dataset,
    weights_hash: from.weightsHash,
    metrics: JSON.stringify(from.metrics),
    versions: JSON.stringify(from.versions),
    ...(from.licence !== null && { licence: from.licence }),
  }
}
