// Registry of tasks by id.
import { LatheError } from '../contract/errors.ts'
import { imageClassification } from './image-classification.ts'
import type { TaskDef } from './task.ts'

export const tasks = {
  'image-classification': imageClassification,
} satisfies Record<string, TaskDef>

/** Throws LatheError `usage` for an unknown id. */
export function task(id: string): TaskDef {
  const found: TaskDef | undefined = (tasks as Record<string, TaskDef>)[id]
  if (!found) throw new LatheError('usage', `there is no task '${id}'; there are ${Object.keys(tasks).join(', ')}`)
  return found
}
