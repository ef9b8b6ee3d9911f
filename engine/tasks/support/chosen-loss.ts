// Which of a task's losses a recipe trains with, and the options it gives it.
import { LatheError } from '../../contract/errors.ts'
import type { TrainConfig } from '../../contract/recipe.ts'

/** A task's losses: its own first, by name in engine/losses, or in words where it is put together of several. */
export type TaskLosses = readonly [own: string, ...others: string[]]

/** @throws LatheError `usage` for a loss that the task's labels do not fit. */
export function chosenLoss({ task, loss }: Pick<TrainConfig, 'task' | 'loss'>, losses: TaskLosses): string {
  const name = loss ?? losses[0]
  if (!losses.includes(name)) throw new LatheError('usage', `loss '${name}' does not serve ${task}; ${losses.length === 1 ? `leave it out for ${losses[0]}` : `use ${losses.slice(0, -1).join(', ')} or ${losses.at(-1) ?? ''}`}`)
  return name
}

/** @throws LatheError `usage` where the recipe gives options to a loss that has none. */
export function withoutOptions(config: Pick<TrainConfig, 'lossOptions'>, name: string): void {
  const [option] = Object.keys(config.lossOptions)
  if (option !== undefined) throw new LatheError('usage', `loss ${name} has no option '${option}': take lossOptions.${option} out of the recipe`)
}
