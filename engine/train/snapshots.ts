// Snapshots: weights kept at the ends of equal stretches of the epochs, where a schedule with restarts has just come to rest.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'

/** Epochs of one stretch; the last may be longer. */
export const stretch = ({ epochs, snapshots }: Pick<TrainConfig, 'epochs' | 'snapshots'>): number => Math.floor(epochs / Math.max(1, snapshots))

/** Number, from 1, of the snapshot that belongs to the end of `epoch` (epochs done); null where there is none. */
export function snapshotAt(config: Pick<TrainConfig, 'epochs' | 'snapshots'>, epoch: number): number | null {
  const { epochs, snapshots } = config
  if (snapshots === 0) return null
  if (epoch >= epochs) return snapshots
  const number = epoch / stretch(config)
  return Number.isInteger(number) && number < snapshots ? number : null
}

/** @throws LatheError `usage` where there are fewer epochs than snapshots, or training may end before the last. */
export function checkSnapshots({ epochs, snapshots, earlyStopping }: Pick<TrainConfig, 'epochs' | 'snapshots' | 'earlyStopping'>): void {
  if (snapshots > epochs) throw new LatheError('usage', `${snapshots} snapshots need at least as many epochs, the recipe has ${epochs}: train longer, or take fewer`)
  if (snapshots > 0 && earlyStopping) throw new LatheError('usage', 'snapshots are taken to the last epoch, so early stopping cannot end the run before: turn it off')
}
