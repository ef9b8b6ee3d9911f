// Members of an ensemble as recipes of their own.
import type { EnsembleMember } from './ensemble.ts'
import type { TrainConfig } from './recipe.ts'

/** Those of a finished ensemble; none for one network, or while members are still trained. */
export function membersOf({ ensemble }: Pick<TrainConfig, 'ensemble'>): readonly EnsembleMember[] {
  return ensemble && ensemble.members.length === ensemble.count && ensemble.members.every((m) => m.weightsHash !== null) ? ensemble.members : []
}

/** What a recipe's network is called: "cnn", "ensemble of 3 (cnn, mlp)". */
export function modelText({ model, ensemble }: Pick<TrainConfig, 'model' | 'ensemble'>): string {
  if (!ensemble) return model
  const kinds = [...new Set(ensemble.members.length > 0 ? ensemble.members.map((member) => member.model) : [model])]
  return `ensemble of ${ensemble.count} (${kinds.join(', ')})`
}

/** The recipe of one member. */
export const memberConfig = (config: TrainConfig, { model, modelOptions, initializer, seed }: EnsembleMember): TrainConfig => ({ ...config, ensemble: null, snapshots: 0, model, modelOptions, initializer, seed })
