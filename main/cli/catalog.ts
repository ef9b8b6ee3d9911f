// Catalog: what the engine offers, filtered by a task.
import type { Commands } from '../../engine/contract/commands.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import { list } from './command.ts'

/** @throws LatheError usage for an unknown task. */
export function forTask<Item extends { readonly tasks: readonly string[] }>(catalog: Commands['catalog']['result'], items: readonly Item[], task: string | undefined): readonly Item[] {
  if (task === undefined) return items
  const ids = catalog.tasks.map((known) => known.id)
  if (!ids.includes(task)) throw new LatheError('usage', `--task: expected ${list(ids)}, found ${JSON.stringify(task)}`)
  return items.filter((item) => item.tasks.includes(task))
}
