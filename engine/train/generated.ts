// generated(): what a task makes of many runs of its network, such as sequences token by token.
import type { TrainConfig } from '../contract/recipe.ts'
import { task } from '../tasks/index.ts'
import type { GenerateRequest, RawOutputs } from '../tasks/task.ts'
import { Stepper } from './stepper.ts'

export interface GeneratedRequest extends Omit<GenerateRequest, 'step' | 'config'> {
  readonly config: TrainConfig
  /** Flat, in the network's parameter order. */
  readonly weights: Float32Array
}

/** Outputs beside those of the task's `predict`; none where the task makes none. */
export async function generated({ weights, ...request }: GeneratedRequest): Promise<RawOutputs> {
  const definition = task(request.config.task)
  if (!definition.generate) return {}
  await using stepper = await Stepper.create(request.config, request.classes.length, weights)
  return await definition.generate({ ...request, step: (features, rows) => stepper.run(features, rows) })
}
